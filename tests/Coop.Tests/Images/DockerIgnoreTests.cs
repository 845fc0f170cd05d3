using System.Text;
using Coop.Errors;
using Coop.Storage;
using Xunit;

namespace Coop.Images;

public class DockerIgnoreTests
{
    [Theory]
    [InlineData("node_modules", "node_modules/a/b.js", true)]
    [InlineData("node_modules", "deep/node_modules/b.js", false)]
    [InlineData("**/node_modules", "deep/node_modules/b.js", true)]
    [InlineData("/build/", "build/x", true)]
    [InlineData("./build", "build/x", true)]
    [InlineData("*.log", "a.log", true)]
    [InlineData("*.log", "deep/a.log", false)]
    [InlineData("**/*.log", "deep/er/a.log", true)]
    [InlineData("docs/*/tmp", "docs/a/tmp/x", true)]
    [InlineData("*\n!keep", "keep/x", false)]
    [InlineData("*\n!keep", "other", true)]
    [InlineData("# docs\n\n  docs  ", "docs/x", true)]
    [InlineData("docs\n!docs/keep.md\ndocs/keep.md", "docs/keep.md", true)]
    [InlineData("", "anything", false)]
    public void A_path_is_excluded_by_the_last_pattern_that_matches_it(string file, string path, bool expected) =>
        Assert.Equal(expected, Parse(file).Excludes(BytePath.From(path)));

    [Fact]
    public void Only_a_file_with_exceptions_sends_a_walk_into_excluded_directories()
    {
        Assert.False(Parse("a\nb").BringsBack);
        Assert.True(Parse("a\n!a/b").BringsBack);
    }

    [Fact]
    public void A_pattern_that_is_none_is_named_with_its_place() =>
        Assert.StartsWith(
            ".dockerignore:2: pattern '/[a'",
            Assert.Throws<UserError>(() => Parse("ok\n[a")).Message,
            StringComparison.Ordinal
        );

    private static DockerIgnore Parse(string text) => DockerIgnore.Parse(".dockerignore", Encoding.UTF8.GetBytes(text));
}
