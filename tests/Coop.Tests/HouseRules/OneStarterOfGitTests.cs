using Coop.TestKit;
using Xunit;

namespace Coop.HouseRules;

/// <summary>git is started by one room: nothing goes around it. (That programs are started by one room is seen to by the banned symbols.)</summary>
public class OneStarterOfGitTests
{
    [Fact]
    public void Only_the_room_of_git_names_the_program() =>
        Assert.Equal(
            [],
            FilesWith("CString.From(\"git\"), ", "ProcessSpec(\"git\"")
                .Where(path => !path.StartsWith("src/Coop/Git/", StringComparison.Ordinal))
        );

    [Fact]
    public void What_starts_git_in_forks_goes_through_its_launcher() =>
        Assert.Equal([], FilesWith("IProcessRunner").Where(path => path.Split('/')[2] is "Clones" or "Reviews" or "Landings"));

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
