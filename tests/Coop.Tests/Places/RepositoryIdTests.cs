using System.Text.RegularExpressions;
using Coop.Storage;
using CsCheck;
using Xunit;

namespace Coop.Places;

public class RepositoryIdTests
{
    [Theory]
    [InlineData("/home/ada/project", "project")]
    [InlineData("/home/ada/My Project (2)", "my-project-2")]
    [InlineData("/home/ada/.dotfiles", "dotfiles")]
    [InlineData("/home/ada/a__b", "a-b")]
    [InlineData("/home/ada/---", "repository")]
    [InlineData("/home/ada/日本", "repository")]
    [InlineData("/home/ada/0123456789012345678901234567890123456789x", "0123456789012345678901234567890123456789")]
    public void The_name_is_one_that_engines_take(string root, string name) =>
        Assert.Equal(name, RepositoryId.NameOf(BytePath.From(root)));

    [Fact]
    public void Any_bytes_give_a_name_and_an_id_that_engines_take() =>
        Gen.Byte[1, 255]
            .Array[0, 80]
            .Sample(name =>
            {
                var root = BytePath.From("/").Join(name);
                Assert.Matches(
                    new Regex("^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)),
                    RepositoryId.NameOf(root)
                );
                Assert.Matches(
                    new Regex("^[0-9a-f]{12}$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)),
                    RepositoryId.Of(root)
                );
            });

    [Fact]
    public void Places_that_differ_only_in_bytes_that_are_no_text_have_different_ids() =>
        Assert.NotEqual(RepositoryId.Of(BytePath.From([(byte)'/', 0xff])), RepositoryId.Of(BytePath.From([(byte)'/', 0xfe])));

    [Fact]
    public void The_image_of_a_repository_is_named_after_it_and_its_place() =>
        Assert.Equal(
            "coop-project-" + RepositoryId.Of(BytePath.From("/home/ada/project"))[..8],
            RepositoryId.ImageOf(BytePath.From("/home/ada/project"))
        );
}
