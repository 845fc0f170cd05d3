using Coop.Clones;
using Coop.Gates;
using Coop.HiddenFiles;
using Coop.LoopDecisions;
using Coop.Masking;
using Coop.Repositories;
using Coop.Storage;
using Coop.TaskQueue;
using Coop.TestKit;
using Xunit;

namespace Coop.Loops;

public sealed class EvidenceCollectorTests : IDisposable
{
    private readonly ForkRig rig = new();

    private TemporaryRepository Repository => rig.Repository;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task A_claim_with_a_commit_and_a_clean_tree_is_proved()
    {
        var found = await AfterAsync(() => Commit("work", ("new.txt", "new\n")), TaskState.Done);
        Assert.Null(found.Problem);
        Assert.True(found.IsProved);
        Assert.Equal(rig.Head, found.End);
        Assert.EndsWith(" work", Assert.Single(found.Commits), StringComparison.Ordinal);
        Assert.Equal(Repository.Git("rev-parse", "HEAD^{tree}").Trim(), found.Tree);
    }

    [Fact]
    public async Task A_claim_without_a_commit_is_not()
    {
        var found = await AfterAsync(() => Repository.Write("project/new.txt", "new\n"), TaskState.Done);
        Assert.Equal("nothing was committed", found.Problem);
        Assert.False(found.IsProved || found.IsBroken);
    }

    [Fact]
    public async Task A_commit_that_was_reset_away_is_no_commit()
    {
        var found = await AfterAsync(
            () =>
            {
                Commit("work", ("new.txt", "new\n"));
                Repository.Git("reset", "--quiet", "--hard", "HEAD~1");
            },
            TaskState.Done
        );
        Assert.Equal("nothing was committed", found.Problem);
    }

    [Fact]
    public async Task A_history_that_was_rewritten_below_the_start_is_broken()
    {
        var found = await AfterAsync(
            () =>
            {
                Repository.Git("reset", "--quiet", "--hard", "HEAD~1");
                Commit("work", ("new.txt", "new\n"));
            },
            TaskState.Done
        );
        Assert.True(found.IsBroken);
        Assert.Contains("was rewritten", found.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkout --quiet --detach", "HEAD stands beside every branch instead of on 'main'")]
    [InlineData("checkout --quiet -b mine", "HEAD stands on 'mine' instead of on 'main'")]
    [InlineData("symbolic-ref HEAD refs/heads/none", "HEAD stands on 'none' instead of on 'main'")]
    public async Task Another_place_than_the_branch_is_broken(string git, string problem)
    {
        var found = await AfterAsync(
            () =>
            {
                Commit("work", ("new.txt", "new\n"));
                Repository.Git(git.Split(' '));
            },
            TaskState.Done
        );
        Assert.Equal((problem, true), (found.Problem, found.IsBroken));
    }

    [Theory]
    [InlineData("work", "its commits change no file, and none says why (No-Change: …)", null)]
    [InlineData("work\n\nNo-Change:  ", "its commits change no file, and none says why (No-Change: …)", null)]
    [InlineData("work\n\nno-change: it held \u001b[31malready", null, "it held already")]
    public async Task A_commit_without_a_change_needs_its_reason(string message, string? problem, string? reason)
    {
        var found = await AfterAsync(
            () => Repository.Git("commit", "--quiet", "--allow-empty", "--message", message),
            TaskState.Done
        );
        Assert.Equal((problem, reason), (found.Problem, found.NoChange));
    }

    [Fact]
    public async Task Notes_alone_are_no_change()
    {
        var found = await AfterAsync(() => Commit("notes", (".agent/LOG.md", "I worked.\n")), TaskState.Done);
        Assert.Contains("change no file", found.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_committed_is_named_but_for_notes_and_what_no_box_sees()
    {
        var found = await AfterAsync(
            () =>
            {
                Commit("work", ("new.txt", "new\n"));
                Repository.Write("project/.agent/LOG.md", "a note\n");
                Repository.Write("project/id_rsa", "a key\n");
            },
            TaskState.Done
        );
        Assert.Null(found.Problem);
        Repository.Write("project/left.txt", "left\n");
        Assert.Equal([BytePath.From("left.txt")], await (await CollectorAsync()).ListUncommittedAsync(Token));
    }

    [Theory]
    [InlineData(null, null, "its line in .agent/TASKS.md was not marked done")]
    [InlineData("claimed", null, "its line in .agent/TASKS.md was not marked done")]
    [InlineData("blocked", null, "it was marked blocked without an entry in .agent/PENDING_DECISIONS.md")]
    [InlineData("blocked", "Which?", "it waits for a human")]
    public async Task Work_that_is_not_claimed_as_done_does_not_count(string? claim, string? question, string problem)
    {
        var state = claim switch
        {
            null => (TaskState?)null,
            "claimed" => TaskState.Claimed,
            _ => TaskState.Blocked,
        };
        var found = await AfterAsync(() => Commit("work", ("new.txt", "new\n")), state, question);
        Assert.Equal((problem, question), (found.Problem, found.Question));
    }

    [Fact]
    public async Task A_test_that_checks_less_is_named()
    {
        Commit("tests", ("tests/app_test.py", "def test_a():\n    assert app() == 1\n\ndef test_b():\n    assert app() == 2\n"));
        var found = await AfterAsync(
            () => Commit("work", ("tests/app_test.py", "def test_a():\n    pass\n"), ("new.txt", "new\n")),
            TaskState.Done
        );
        Assert.True(found.IsProved);
        Assert.Contains(found.Findings, finding => finding.Contains("tests/app_test.py", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_branch_holds_what_it_stands_on_and_nothing_that_was_rewritten_or_is_gone()
    {
        var collector = await CollectorAsync();
        var start = rig.Head;
        Commit("work", ("new.txt", "new\n"));
        var position = await Own.PositionAsync(Token);
        Assert.True(await collector.HoldsAsync(start, position, Token));
        Repository.Git("reset", "--quiet", "--hard", "HEAD~2");
        Commit("another", ("new.txt", "new\n"));
        position = await Own.PositionAsync(Token);
        Assert.False(await collector.HoldsAsync(start, position, Token));
        Assert.False(await collector.HoldsAsync(new string('7', 40), position, Token));
    }

    private async Task<Evidence> AfterAsync(Action work, TaskState? claim, string? question = null)
    {
        var collector = await CollectorAsync();
        var start = await Own.PositionAsync(Token);
        work();
        return await collector.CollectAsync(start, claim, question, Token);
    }

    private OwnRepository Own => new(rig.Doors.Git, RepositoryFinder.FindOwn(Repository.Root, Repository.Home));

    private async Task<EvidenceCollector> CollectorAsync()
    {
        var doors = rig.Doors;
        var tree = await OwnTree.OpenAsync(doors, Own.Location, Token);
        HiddenNames names = new(Repository.Root, new HiddenStores(doors.Directories, Repository.Root).Exceptions.Read());
        GateRunner none = new(_ => throw new InvalidOperationException("No gate is set."), []);
        return new EvidenceCollector(tree, names, none, Repository.BytesOf("work"));
    }

    private void Commit(string message, params (string Path, string Content)[] files)
    {
        foreach (var (path, content) in files)
        {
            Repository.Write($"project/{path}", content);
        }

        Repository.Git("add", "--all", "--force");
        Repository.Git("commit", "--quiet", $"--message={message}");
    }
}
