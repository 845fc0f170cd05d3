using System.Text;
using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Gates;
using Coop.LoopDecisions;
using Coop.Loops;
using Coop.TaskQueue;
using Coop.TestKit;
using Xunit;

namespace Coop.ForkLoops;

/// <summary>What a loop finds in a fork after an agent, whatever that agent did and says.</summary>
public sealed class ForkTreeTests : IDisposable
{
    private readonly ForkRig rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Fork => rig.ForkPath("f1");

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task Work_on_the_forks_branch_is_proved()
    {
        var evidence = await JudgeAsync(() => rig.Commit("f1", "mended", ("src/app.txt", "mended\n")));
        Assert.True(evidence.IsProved);
        Assert.EndsWith(" mended", Assert.Single(evidence.Commits), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_users_own_branch_may_go_on_meanwhile()
    {
        var evidence = await JudgeAsync(() =>
        {
            rig.Commit("f1", "mended", ("src/app.txt", "mended\n"));
            rig.Repository.Git("commit", "--quiet", "--allow-empty", "--message=mine");
            rig.Repository.Git("switch", "--quiet", "--detach");
        });
        Assert.True(evidence.IsProved);
    }

    [Fact]
    public async Task Nothing_committed_is_nothing_done() =>
        Assert.Equal("nothing was committed", (await JudgeAsync(() => { })).Problem);

    [Fact]
    public async Task What_is_not_committed_keeps_it_from_counting()
    {
        var evidence = await JudgeAsync(() =>
        {
            rig.Commit("f1", "mended", ("src/app.txt", "mended\n"));
            rig.Repository.Write("project-forks/f1/.agent/LOG.md", "a note\n");
            rig.Repository.Write("project-forks/f1/left.txt", "left\n");
        });
        Assert.Equal("1 path is not committed ('left.txt')", evidence.Problem);
    }

    [Theory]
    [InlineData("switch --quiet --create other")]
    [InlineData("switch --quiet --detach")]
    [InlineData("symbolic-ref HEAD refs/heads/gone")]
    public async Task A_head_that_left_the_branch_is_broken(string words)
    {
        var evidence = await JudgeAsync(() =>
        {
            rig.GitInFork("f1", words.Split(' '));
            rig.Repository.Write("project-forks/f1/new.txt", "new\n");
        });
        Assert.Equal("HEAD stands beside every branch instead of on 'f1'", evidence.Problem);
        Assert.True(evidence.IsBroken);
    }

    [Theory]
    [InlineData("ref: refs/heads/f1/../../../../project/.git/HEAD\n")]
    [InlineData("ref: refs/heads/\u001b[2J\n")]
    [InlineData("ref: /etc/passwd\n")]
    [InlineData("--upload-pack=touch\n")]
    [InlineData("")]
    public async Task A_head_of_any_text_is_no_branch(string head)
    {
        var evidence = await JudgeAsync(() => File.WriteAllText(Fork + "/.git/HEAD", head));
        Assert.Equal("HEAD stands beside every branch instead of on 'f1'", evidence.Problem);
    }

    [Fact]
    public async Task A_history_that_was_rewritten_is_broken()
    {
        var evidence = await JudgeAsync(() =>
            rig.GitInFork("f1", "commit", "--quiet", "--amend", "--allow-empty", "--message=other")
        );
        Assert.Matches("^the history below [0-9a-f]{10} was rewritten$", evidence.Problem);
        Assert.True(evidence.IsBroken);
    }

    [Fact]
    public async Task Commits_that_do_not_pass_gits_checks_are_broken()
    {
        var evidence = await JudgeAsync(() =>
        {
            var bad = RealShell.Output(
                "sh",
                $"cd '{Fork}' && printf 'tree %s\\nparent %s\\n\\nnobody\\n' $(git rev-parse HEAD^{{tree}} HEAD) | git hash-object -t commit -w --literally --stdin"
            );
            var commit = Encoding.ASCII.GetString(bad).Trim();
            rig.GitInFork("f1", "update-ref", "refs/heads/f1", commit);
        });
        Assert.StartsWith("The commits of fork 'f1' do not pass git's checks", evidence.Problem, StringComparison.Ordinal);
        Assert.True(evidence.IsBroken);
    }

    [Fact]
    public async Task A_damaged_index_proves_no_clean_tree()
    {
        var evidence = await JudgeAsync(() =>
        {
            rig.Commit("f1", "mended", ("src/app.txt", "mended\n"));
            File.WriteAllText(Fork + "/.git/index", "no index");
        });
        Assert.Equal("what is not committed cannot be told", evidence.Problem);
    }

    [Theory]
    [InlineData("objects/info/alternates")]
    [InlineData("commondir")]
    public async Task A_fork_that_borrows_is_not_looked_at(string file)
    {
        var error = await Assert.ThrowsAsync<UserError>(() =>
            JudgeAsync(() => File.WriteAllText($"{Fork}/.git/{file}", rig.Repository.PathOf("project/.git")))
        );
        Assert.StartsWith("Fork 'f1' is not trusted", error.Message, StringComparison.Ordinal);
    }

    // As the loop does: where it stands, the agent's doing, its claim, and then the look.
    private async Task<Evidence> JudgeAsync(Action agent)
    {
        await rig.WorkAsync("f1", ("first.txt", "first\n"));
        var desk = await rig.DeskAsync();
        using var place = ScratchPlace.Make(desk.Places);
        ForkTree tree = new(desk, desk.Store.Read("f1"), await desk.PositionAsync(Token), place.Directory.Join("tree"));
        GateRunner gate = new(_ => throw new InvalidOperationException("There is no gate."), []);
        EvidenceCollector collector = new(tree, desk.HiddenNames(), gate, place.Directory);
        var start = await tree.PositionAsync(Token);
        agent();
        return await collector.CollectAsync(start, TaskState.Done, question: null, Token);
    }
}
