using Coop.Errors;
using Coop.Git;
using Coop.Processes;
using Coop.Repositories;
using Coop.TestKit;
using Xunit;

namespace Coop.GitControls;

public sealed class GitControlCollectorTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Theory]
    [InlineData("ln -sfT ../../home .git/hooks", ".git/hooks")]
    [InlineData("ln -sfT ../../home .git/info", ".git/info")]
    [InlineData("mkdir .git/worktrees && ln -s ../../../home .git/worktrees/x", ".git/worktrees/x")]
    [InlineData(
        "ln -s ../../../../home/.gitconfig .git/commondir.x && mv .git/commondir.x .git/objects/info/alternates",
        ".git/objects/info/alternates"
    )]
    [InlineData(
        "mkdir -p .git/modules && cp -R .git ../copy && mv ../copy .git/modules/evil && rm -rf .git/modules/evil/hooks && ln -s ../../../../home .git/modules/evil/hooks",
        ".git/modules/evil/hooks"
    )]
    public async Task What_leads_out_of_the_repository_stops_the_start(string plant, string named)
    {
        repository.Shell("rm -rf .git/hooks .git/info; " + plant);
        var error = await Assert.ThrowsAsync<UserError>(CollectAsync);
        Assert.StartsWith(
            $"'{repository.Root.Join(named)}' leads out of the repository",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Hooks_behind_a_link_into_the_tree_are_guarded()
    {
        repository.Shell("mkdir tools; rm -rf .git/hooks; ln -s ../tools .git/hooks");
        Assert.Contains(
            new GitControl(repository.Root.Join(".git/hooks"), GitControlKind.ReadOnly),
            (await CollectAsync()).Existing
        );
    }

    private async Task<GitControlSet> CollectAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        GitClient git = new(new ProcessRunner(repository.Environment), repository.Environment);
        var location = RepositoryFinder.Find(repository.Root, repository.Home);
        return await new GitControlCollector(git).CollectAsync(location, GitConfiguration.Empty, cancellationToken);
    }
}
