using Coop.TestKit;
using Xunit;

namespace Coop.HouseRules;

/// <summary>git is started by one file: nothing goes around it. (That programs are started by one room is seen to by the banned symbols.)</summary>
public class OneStarterOfGitTests
{
    private const string Starter = "src/Coop/Git/GitLauncher.cs";

    [Fact]
    public void Only_the_launcher_names_the_program() =>
        Assert.Equal(
            [Starter],
            FilesWith("ProcessSpec(CString.From(\"git\")", "new(CString.From(\"git\")", "ProcessSpec(\"git\"")
        );

    [Fact]
    public void No_other_file_hands_git_to_a_shell() =>
        Assert.Equal(
            [],
            FilesWith("\"git \", ", "exec git ", "-c git ").Where(path => !path.Contains("/Demo/", StringComparison.Ordinal))
        );

    private static IEnumerable<string> FilesWith(params string[] texts) =>
        SourceTree
            .CodeFiles("src/Coop")
            .Where(path =>
            {
                var text = File.ReadAllText(Path.Combine(SourceTree.Root, path));
                return texts.Any(part => text.Contains(part, StringComparison.Ordinal));
            });
}
