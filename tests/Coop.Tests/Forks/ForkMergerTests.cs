using Coop.Errors;
using Coop.TestKit;
using Xunit;

namespace Coop.Forks;

public sealed class ForkMergerTests : IDisposable
{
    private readonly ForkRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task A_fork_on_top_lands_as_it_is()
    {
        await rig.WorkAsync("f1", ("src/app.txt", "forked\n"), ("deep/new.txt", "new\n"));
        var tip = rig.GitInFork("f1", "rev-parse", "HEAD").Trim();
        Assert.Equal(ExitCode.Done, await rig.MergeAsync("f1"));
        Assert.Equal(tip, rig.Head);
        Assert.Equal("", rig.Repository.Git("status", "--porcelain"));
        Assert.Equal(
            "new\n",
            await File.ReadAllTextAsync(rig.Repository.PathOf("project/deep/new.txt"), TestContext.Current.CancellationToken)
        );
        Assert.Equal(ForkState.Landed, (await rig.LookAsync("f1")).State);
        Assert.Equal("", rig.Repository.Git("for-each-ref", "refs/coop/landing"));
        Assert.Contains("coop fork merge f1", rig.Repository.Git("reflog", "main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fork_beside_the_branch_is_rebased()
    {
        await rig.WorkAsync("f1", ("new.txt", "new\n"));
        rig.Repository.Write("project/other.txt", "other\n");
        rig.Repository.Git("add", "--all");
        rig.Repository.Git("commit", "--quiet", "--message=mine");
        Assert.Equal(ExitCode.Done, await rig.MergeAsync("f1"));
        Assert.Equal("work of f1\nmine\nsecond\nfirst\n", rig.Repository.Git("log", "--format=%s"));
        Assert.Equal("Ada\n", rig.Repository.Git("log", "-1", "--format=%cn"));
        Assert.Equal("", rig.Repository.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task A_merge_of_the_agents_lands_as_plain_commits()
    {
        await rig.WorkAsync("f1", ("new.txt", "new\n"));
        rig.GitInFork("f1", "switch", "--quiet", "--create", "side", "HEAD~1");
        rig.Commit("f1", "beside", ("side.txt", "side\n"));
        rig.GitInFork("f1", "switch", "--quiet", "f1");
        rig.GitInFork("f1", "merge", "--quiet", "--no-edit", "side");
        Assert.Equal(ExitCode.Done, await rig.MergeAsync("f1"));
        Assert.Equal("", rig.Repository.Git("log", "--merges", "--format=%s"));
        Assert.True(File.Exists(rig.Repository.PathOf("project/side.txt")));
    }

    [Fact]
    public async Task A_conflict_names_the_files_and_changes_nothing()
    {
        await rig.WorkAsync("f1", ("src/app.txt", "forked\n"));
        rig.Repository.Write("project/src/app.txt", "mine\n");
        rig.Repository.Git("commit", "--quiet", "--all", "--message=mine");
        await RefusedAsync("f1", "'src/app.txt'");
    }

    [Fact]
    public async Task Uncommitted_changes_of_the_user_stop_it()
    {
        await rig.WorkAsync("f1", ("src/app.txt", "forked\n"));
        rig.Repository.Write("project/README", "mine\n");
        await RefusedAsync("f1", "'README'");
        rig.Repository.Git("add", "--all");
        await RefusedAsync("f1", "'README'");
    }

    [Theory]
    [InlineData("mine.txt", "mine.txt")]
    [InlineData("local.db", "local.db")]
    [InlineData("deep/mine.txt", "deep")]
    [InlineData("deep", "deep/mine.txt")]
    [InlineData("node_modules", "node_modules/a")]
    public async Task A_file_of_the_users_that_git_does_not_track_is_never_overwritten(string added, string mine)
    {
        await rig.WorkAsync("f1", (added, "forked\n"));
        rig.Repository.Write($"project/{mine}", "precious\n");
        await RefusedAsync("f1", "git does not track yours");
        Assert.Equal(
            "precious\n",
            await File.ReadAllTextAsync(rig.Repository.PathOf($"project/{mine}"), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task A_file_becomes_a_directory_and_back()
    {
        await rig.WorkAsync("f1", ("README2", "x\n"));
        rig.GitInFork("f1", "rm", "--quiet", "README");
        rig.Commit("f1", "directory", ("README/inside.txt", "x\n"));
        Assert.Equal(ExitCode.Done, await rig.MergeAsync("f1"));
        Assert.Equal("", rig.Repository.Git("status", "--porcelain"));
        rig.GitInFork("f1", "rm", "--quiet", "-r", "README");
        rig.Commit("f1", "file", ("README", "again\n"));
        Assert.Equal(ExitCode.Done, await rig.MergeAsync("f1"));
        Assert.Equal(
            "again\n",
            await File.ReadAllTextAsync(rig.Repository.PathOf("project/README"), TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData(".env", "data")]
    [InlineData("infra/prod.tfvars", "data")]
    [InlineData("Config/.ENV.production", "data")]
    [InlineData("sub dir/.env", "data")]
    [InlineData("ünï.pem", "data")]
    [InlineData("secrets/a.txt", "data")]
    public async Task A_hidden_name_refuses_also_when_a_later_commit_takes_it_back(string path, string content)
    {
        await rig.WorkAsync("f1", (path, content));
        await RefusedAsync("f1", "1 finding refuses");
        rig.GitInFork("f1", "rm", "--quiet", path);
        rig.GitInFork("f1", "commit", "--quiet", "--message=away");
        var error = await RefusedAsync("f1", "refuse");
        Assert.Contains("coop fork review f1", error.Hint, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await rig.MergeAsync("f1", force: true));
    }

    [Fact]
    public async Task Large_files_links_outside_and_submodules_refuse()
    {
        await rig.WorkAsync("f1", ("data.bin", new string('x', (5 << 20) + 1)));
        await RefusedAsync("f1", "1 finding refuses");
        await rig.MakeAsync("f2");
        File.CreateSymbolicLink(rig.ForkPath("f2") + "/out", "../../../etc/passwd");
        rig.Commit("f2", "link");
        await RefusedAsync("f2", "1 finding refuses");
        await rig.WorkAsync("f3", (".gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = https://example.org/x\n"));
        await RefusedAsync("f3", "1 finding refuses");
    }

    [Fact]
    public async Task Links_within_the_tree_land()
    {
        await rig.MakeAsync("f1");
        File.CreateSymbolicLink(rig.ForkPath("f1") + "/src/inside", "../README");
        rig.Commit("f1", "link");
        Assert.Equal(ExitCode.Done, await rig.MergeAsync("f1"));
    }

    [Fact]
    public async Task Without_a_yes_and_a_person_nothing_lands()
    {
        await rig.WorkAsync("f1", ("new.txt", "new\n"));
        var before = rig.Head;
        var desk = await rig.DeskAsync();
        var error = await Assert.ThrowsAsync<UserError>(() =>
            new ForkMerger(desk).RunAsync("f1", new ForkMergeOptions(false, false, false), TestContext.Current.CancellationToken)
        );
        Assert.Contains("--yes", error.Hint, StringComparison.Ordinal);
        Assert.Equal(before, rig.Head);
    }

    [Fact]
    public async Task What_came_after_the_review_is_said()
    {
        await rig.WorkAsync("f1", ("new.txt", "new\n"));
        await rig.ReviewAsync("f1");
        Assert.Equal(ForkState.Reviewed, (await rig.LookAsync("f1")).State);
        rig.Commit("f1", "later", ("later.txt", "later\n"));
        await rig.MergeAsync("f1");
        Assert.Contains("1 more commit.", rig.Terminal.ErrorOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_landed_fork_goes_on_and_lands_again()
    {
        await rig.WorkAsync("f1", ("a.txt", "a\n"));
        rig.Repository.Git("commit", "--quiet", "--allow-empty", "--message=mine");
        await rig.MergeAsync("f1");
        rig.Commit("f1", "more", ("b.txt", "b\n"));
        Assert.Equal(ExitCode.Done, await rig.MergeAsync("f1"));
        Assert.Equal("more\nwork of f1\nmine\nsecond\nfirst\n", rig.Repository.Git("log", "--format=%s"));
    }

    [Fact]
    public async Task The_queue_lands_each_on_the_one_before_and_stops_at_the_first_failure()
    {
        await rig.WorkAsync("a", ("a.txt", "a\n"));
        await rig.WorkAsync("b", ("src/app.txt", "b\n"));
        await rig.WorkAsync("c", ("src/app.txt", "c\n"));
        await rig.WorkAsync("d", ("d.txt", "d\n"));
        await rig.MakeAsync("empty");
        Assert.Equal(ExitCode.Failed, await rig.MergeAllAsync());
        Assert.Equal("work of b\nwork of a\nsecond\nfirst\n", rig.Repository.Git("log", "--format=%s"));
        Assert.Contains("Landed: a, b. Failed: c. Waiting: d.", rig.Terminal.ErrorOutput, StringComparison.Ordinal);
        Assert.Equal("", rig.Repository.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task Damaged_and_borrowed_objects_stay_outside()
    {
        await rig.WorkAsync("f1", ("new.txt", "new\n"));
        var blob = rig.GitInFork("f1", "rev-parse", "HEAD:new.txt").Trim();
        File.Delete($"{rig.ForkPath("f1")}/.git/objects/{blob[..2]}/{blob[2..]}");
        await RefusedAsync("f1", "git's checks");
        await rig.WorkAsync("f2", ("new.txt", "new\n"));
        await File.WriteAllTextAsync(
            rig.ForkPath("f2") + "/.git/objects/info/alternates",
            "/somewhere\n",
            TestContext.Current.CancellationToken
        );
        await RefusedAsync("f2", "borrow");
        Assert.Empty(Directory.EnumerateFileSystemEntries(rig.Repository.PathOf("project-forks/.coop/scratch")));
    }

    private async Task<UserError> RefusedAsync(string name, string words)
    {
        var before = (rig.Head, rig.Repository.Git("status", "--porcelain", "--ignored"), Files());
        var error = await Assert.ThrowsAsync<UserError>(() => rig.MergeAsync(name));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, (rig.Head, rig.Repository.Git("status", "--porcelain", "--ignored"), Files()));
        return error;
    }

    private string Files() =>
        string.Join(
            '\n',
            Directory.EnumerateFiles(rig.Repository.PathOf("project/.git")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
}
