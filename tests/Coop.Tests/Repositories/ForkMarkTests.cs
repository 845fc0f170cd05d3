using Coop.Errors;
using Coop.TestKit;
using Xunit;

namespace Coop.Repositories;

public sealed class ForkMarkTests : IDisposable
{
    private readonly TemporaryTree tree = new();

    [Theory]
    [InlineData("project-forks/fix")]
    [InlineData("project-forks/fix/deep/planted")]
    public void Git_is_not_started_in_a_fork_nor_in_a_repository_that_was_planted_in_one(string path)
    {
        tree.File("project-forks/.coop/fix.json", "{}")
            .Folder($"{path}/.git/objects")
            .Folder($"{path}/.git/refs")
            .File($"{path}/.git/HEAD", "ref: x");
        var error = Assert.Throws<UserError>(() => RepositoryFinder.FindOwn(tree.Root.Join(path), null));
        Assert.Equal(
            $"'{tree.RootPath}/project-forks/fix' is a fork, and git on this machine is not started in forks.",
            error.Message
        );
        Assert.Equal($"Go to the repository it was made from: cd '{tree.RootPath}/project', then: coop fork fix", error.Hint);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Fact]
    public void A_directory_that_only_has_such_a_name_is_nobody_s_fork()
    {
        const string Path = "team-forks/project";
        tree.Folder($"{Path}/.git/objects").Folder($"{Path}/.git/refs").File($"{Path}/.git/HEAD", "ref: x");
        Assert.True(RepositoryFinder.FindOwn(tree.Root.Join(Path), null).IsRepository);
    }

    public void Dispose() => tree.Dispose();
}
