using System.Text;
using Xunit;

namespace Coop.Git;

public class GitConfigurationTests
{
    [Fact]
    public void The_output_of_git_is_read_in_order() =>
        Assert.Equal(
            [
                new GitConfigEntry("global", "file:/h/.gitconfig", "user.name", "Ada\nTester"),
                new GitConfigEntry("local", "file:.git/config", "core.bare", "false"),
                new GitConfigEntry("local", "file:.git/config", "a.b", null),
                new GitConfigEntry("local", "file:.git/config", "a.empty", ""),
            ],
            Parse(
                "global\0file:/h/.gitconfig\0user.name\nAda\nTester\0local\0file:.git/config\0core.bare\nfalse\0local\0file:.git/config\0a.b\0local\0file:.git/config\0a.empty\n\0"
            ).Entries
        );

    [Theory]
    [InlineData("")]
    [InlineData("global\0file:x")]
    public void What_is_cut_short_has_no_entry(string output) => Assert.Equal([], Parse(output).Entries);

    [Fact]
    public void The_last_value_wins_and_a_repository_is_not_the_user()
    {
        var configuration = Parse("system\0x\0k\n1\0global\0x\0k\n2\0local\0x\0k\n3\0local\0x\0other\n4\0");
        Assert.Equal(("3", "2"), (configuration.Get("k"), configuration.GetFromUser("k")));
        Assert.Equal(("4", null), (configuration.Get("other"), configuration.GetFromUser("other")));
        Assert.Null(configuration.Get("missing"));
    }

    private static GitConfiguration Parse(string output) => GitConfiguration.Parse(Encoding.UTF8.GetBytes(output));
}
