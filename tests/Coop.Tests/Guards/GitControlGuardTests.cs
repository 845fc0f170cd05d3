using Coop.Boxes;
using Coop.Configuration;
using Coop.Git;
using Coop.GitControls;
using Coop.HiddenFiles;
using Coop.Processes;
using Coop.Repositories;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Guards;

public sealed class GitControlGuardTests : IDisposable
{
    private readonly TemporaryRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task A_run_that_changes_nothing_is_reported_as_nothing() =>
        Assert.Equivalent(GuardReport.Nothing, await AfterAsync(() => { }));

    [Theory]
    [InlineData(".git/commondir", "../elsewhere")]
    [InlineData(".git/config.worktree", "[core]\n\tfsmonitor = ./x\n")]
    [InlineData(".git/objects/info/alternates", "/etc\n")]
    [InlineData(".git/modules/new/HEAD", "ref: refs/heads/main\n")]
    [InlineData(".git/rebase-merge/git-rebase-todo", "pick abc\nexec touch /tmp/x\n")]
    [InlineData(".git/rebase-merge/strategy", "evil\n")]
    [InlineData(".git/worktrees/w/commondir", "/somewhere\n")]
    [InlineData(".git/hooks/pre-commit", "#!/bin/sh\n")]
    [InlineData(".git/info/attributes", "* filter=x\n")]
    public async Task What_git_would_obey_and_was_not_there_is_moved_away(string path, string content)
    {
        var report = await AfterAsync(() => repository.Write("project/" + path, content));
        var moved = Assert.Single(report.Moved);
        Assert.False(File.Exists(repository.PathOf("project/" + path)));
        Assert.True(Path.Exists(moved.Quarantine.ToString()));
    }

    [Fact]
    public async Task A_half_done_rebase_of_ordinary_steps_stays()
    {
        var report = await AfterAsync(() =>
            repository.Write("project/.git/rebase-merge/git-rebase-todo", "pick abc one\nfixup def two\n")
        );
        Assert.Empty(report.Moved);
    }

    [Fact]
    public async Task A_configuration_that_gained_a_program_is_put_back()
    {
        var before = await File.ReadAllTextAsync(repository.PathOf("project/.git/config"), TestContext.Current.CancellationToken);
        var report = await AfterAsync(() => repository.Git("config", "core.fsmonitor", "./evil"));
        Assert.Equal("a configuration with core.fsmonitor", Assert.Single(report.Moved).Reason);
        Assert.Equal(
            before,
            await File.ReadAllTextAsync(repository.PathOf("project/.git/config"), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task A_remote_that_the_user_added_meanwhile_stays()
    {
        var report = await AfterAsync(() => repository.Git("remote", "add", "origin", "https://example.org/x.git"));
        Assert.Empty(report.Moved);
        Assert.Equal("https://example.org/x.git", repository.Git("remote", "get-url", "origin").Trim());
    }

    [Fact]
    public async Task A_program_that_was_configured_before_stays()
    {
        repository.Git("config", "diff.external", "/bin/true");
        var report = await AfterAsync(() => repository.Git("config", "user.name", "Ada"));
        Assert.Empty(report.Moved);
    }

    [Fact]
    public async Task A_nested_repository_with_a_program_loses_its_configuration_and_an_ordinary_one_stays()
    {
        var report = await AfterAsync(() =>
        {
            repository.Git("init", "--quiet", "plain");
            repository.Git("init", "--quiet", "evil");
            repository.Git("-C", "evil", "config", "core.fsmonitor", "./x");
        });
        Assert.Equal(repository.BytesOf("project/evil/.git/config"), Assert.Single(report.Moved).Path);
        Assert.True(File.Exists(repository.PathOf("project/plain/.git/config")));
    }

    [Fact]
    public async Task A_bare_repository_in_the_tree_is_judged_too()
    {
        var report = await AfterAsync(() =>
        {
            repository.Git("init", "--quiet", "--bare", "innocent");
            repository.Git("-C", "innocent", "config", "core.fsmonitor", "./x");
        });
        Assert.Equal(repository.BytesOf("project/innocent/config"), Assert.Single(report.Moved).Path);
    }

    [Fact]
    public async Task A_pointer_to_a_hidden_git_directory_is_moved_away()
    {
        var report = await AfterAsync(() =>
        {
            repository.Git("init", "--quiet", "--bare", "store");
            repository.Write("project/sub/.git", "gitdir: ../store\n");
        });
        Assert.Equal(repository.BytesOf("project/sub/.git"), Assert.Single(report.Moved).Path);
    }

    [Fact]
    public async Task A_worktree_added_inside_the_tree_stays()
    {
        var report = await AfterAsync(() => repository.Git("worktree", "add", "--quiet", "wt"));
        Assert.Empty(report.Moved);
        Assert.Contains("wt", repository.Git("worktree", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_that_touches_a_hidden_file_is_named()
    {
        repository.Write("project/.env", "A=1\n");
        repository.Git("add", "--force", ".env");
        repository.Git("commit", "--quiet", "--message=secret");
        var report = await AfterAsync(() =>
        {
            repository.Write("project/.env", "A=2\n");
            repository.Git("commit", "--quiet", "--all", "--message=changed");
        });
        Assert.Contains("touches '.env'", Assert.Single(report.Noticed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_files_that_the_host_runs_are_listed_most_dangerous_first()
    {
        repository.Write("project/Makefile", "all:\n");
        await Task.Delay(60, TestContext.Current.CancellationToken);
        var report = await AfterAsync(() =>
        {
            repository.Write("project/package.json", "{}");
            repository.Write("project/.vscode/tasks.json", "{}");
            repository.Write("project/node_modules/x/package.json", "{}");
        });
        Assert.Equal([".vscode/tasks.json", "package.json"], report.Triggers.Select(trigger => trigger.Path.ToString()));
    }

    [Fact]
    public async Task A_run_without_a_note_is_nothing() =>
        Assert.Equal(GuardReport.Nothing, await Guard().InspectAsync(repository.Base, TestContext.Current.CancellationToken));

    private UserDirectories Directories => UserDirectories.From(name => name == "HOME" ? repository.Home : null);

    private GitControlGuard Guard() =>
        new(new GitClient(new ProcessRunner(repository.Environment), repository.Environment), Directories, TimeProvider.System);

    private async Task<GuardReport> AfterAsync(Action box)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        GitClient git = new(new ProcessRunner(repository.Environment), repository.Environment);
        var location = RepositoryFinder.Find(repository.Root, repository.Home);
        var controls = await new GitControlCollector(git).CollectAsync(
            location,
            await git.ReadConfigurationAsync(repository.Root, cancellationToken),
            cancellationToken
        );
        var plan = SomePlan.On(EngineKind.Bubblewrap) with
        {
            Repository = repository.Root,
            Location = location,
            GitControls = controls,
            Hidden = HiddenSearch.Run(location, Directories, Configuration.ShadowContent.Off, cancellationToken).Found,
        };
        var run = Directory.CreateDirectory(Path.Combine(repository.Home, "run")).FullName;
        await Guard().PrepareAsync(plan, run, cancellationToken);
        box();
        return await Guard().InspectAsync(run, cancellationToken);
    }
}
