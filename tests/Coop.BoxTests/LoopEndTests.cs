using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>A loop that is ended from outside, however that happens: by its user, by a budget, by kill -9.</summary>
public class LoopEndTests
{
    private const string Cases = """
        *"It hangs once"*)
            if first hang; then mark x; touch .seen-hanging; exec sleep 3600; fi
            work hung ;;
        *"It commits and hangs"*)
            if first commit; then echo x >> work.txt; save half; touch .seen-committed; exec sleep 3600; fi
            mark x ;;
        *"It clings"*)
            trap "trap '' TERM INT; sleep 8; touch .seen-late" TERM INT
            touch .seen-clinging
            while :; do sleep 3600; done ;;
        *"It costs"*)
            work costs
            echo '{"type":"result","subtype":"success","is_error":false,"result":"ok","total_cost_usd":0.6,"usage":{"input_tokens":500,"output_tokens":100}}' ;;
        """;

    public static TheoryData<BoxRig> Engines =>
        [
            new BoxRig(Engine.Docker, CallerKind.Root),
            new BoxRig(Engine.Podman, CallerKind.Ordinary),
            new BoxRig(Engine.Bwrap, CallerKind.Ordinary),
        ];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task After_kill_9_the_next_loop_goes_on_and_believes_nothing_that_was_not_proved(BoxRig rig)
    {
        await using var scene = await LoopScene.CreateAsync(rig, Cases, "It hangs once", "Honest");
        await using (var loop = scene.Loop().Start())
        {
            await scene.WaitForAsync(".seen-hanging", loop);
            var second = (await scene.Loop().RunAsync()).Ended(1);
            Assert.Contains($"Another loop works this queue: process {loop.ProcessId}, ", second.Error, StringComparison.Ordinal);
            Assert.Contains($"kill {loop.ProcessId}", second.Error, StringComparison.Ordinal);
            loop.Signal(HostSignal.Kill);
            await loop.WaitAsync(TimeSpan.FromSeconds(20));
        }

        await Eventually.TrueAsync(
            async () => (await scene.Repository.ContainersAsync()).Count == 0,
            TimeSpan.FromSeconds(30),
            () => "the end of the killed loop's box"
        );
        var next = (await scene.Loop().RunAsync()).Succeeded();
        Assert.Contains("The last loop was killed; this one goes on where it stood.", next.Error, StringComparison.Ordinal);
        Assert.Contains("Task 1 was marked done without a proof; it is open again.", next.Error, StringComparison.Ordinal);
        Assert.Equal("xx", await scene.LettersAsync());
        Assert.Equal((1, 1), (await scene.CountCommitsAsync("work hung"), await scene.CountCommitsAsync("work honest")));
        Assert.Empty(await scene.Repository.ContainersAsync());
        Assert.Contains("Nothing is to be done", (await scene.Loop().RunAsync()).Succeeded().Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_was_committed_before_a_kill_counts_for_the_task_that_goes_on_and_is_told(BoxRig rig)
    {
        await using var scene = await LoopScene.CreateAsync(rig, Cases, "It commits and hangs");
        await using (var loop = scene.Loop().Start())
        {
            await scene.WaitForAsync(".seen-committed", loop);
            loop.Signal(HostSignal.Kill);
            await loop.WaitAsync(TimeSpan.FromSeconds(20));
        }

        var next = (await scene.Loop().RunAsync()).Succeeded();
        Assert.Matches("coop: What was committed since [0-9a-f]{10} is taken for work at task 1\\.\n", next.Error);
        Assert.Equal("x", await scene.LettersAsync());
        var task = Assert.Single((await scene.ReportAsync()).GetProperty("tasks").EnumerateArray());
        var commit = Assert.Single(task.GetProperty("commits").EnumerateArray()).GetString();
        Assert.EndsWith(" half", commit, StringComparison.Ordinal);
        Assert.Equal(1, task.GetProperty("tries").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Its_user_ends_it_cleanly_and_the_claim_is_given_back(BoxRig rig)
    {
        await using var scene = await LoopScene.CreateAsync(rig, Cases, "It hangs once");
        await using var loop = scene.Loop().Start();
        await scene.WaitForAsync(".seen-hanging", loop);
        loop.Signal(HostSignal.Interrupt);
        var ended = (await loop.WaitAsync(TimeSpan.FromSeconds(30))).Ended(130);
        Assert.Contains("You ended it.", ended.Error, StringComparison.Ordinal);
        Assert.Equal(" ", await scene.LettersAsync());
        Assert.Empty(await scene.Repository.ContainersAsync());
        Assert.Equal(130, (await scene.ReportAsync()).GetProperty("exit").GetInt32());
        var next = (await scene.Loop().RunAsync()).Succeeded();
        Assert.DoesNotContain("killed", next.Error, StringComparison.Ordinal);
        Assert.Equal("x", await scene.LettersAsync());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_agent_that_clings_is_ended_by_the_second_signal(BoxRig rig)
    {
        await using var scene = await LoopScene.CreateAsync(rig, Cases, "It clings");
        await using var loop = scene.Loop().Start();
        await scene.WaitForAsync(".seen-clinging", loop);
        loop.Signal(HostSignal.Terminate);
        loop.Signal(HostSignal.Interrupt);

        // Two signals at once have no order. With the grace that the first one gives the agent would have had its last word.
        Assert.True((await loop.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode is 130 or 143);
        Assert.False(File.Exists(scene.Repository.PathOf(".seen-late")));
        Assert.Equal(" ", await scene.LettersAsync());
        Assert.Empty(await scene.Repository.ContainersAsync());
    }

    [Fact]
    public async Task A_budget_ends_it_between_tasks_and_the_next_loop_goes_on()
    {
        BoxRig rig = new(Engine.Bwrap, CallerKind.Ordinary);
        await using var scene = await LoopScene.CreateAsync(
            rig,
            Cases,
            "It costs",
            "It costs",
            "It costs",
            "It hangs once",
            "Honest"
        );
        var full = (await scene.Loop("--max-tasks", "1").RunAsync()).Succeeded();
        Assert.Contains("--max-tasks is reached; 4 tasks left.", full.Error, StringComparison.Ordinal);
        Assert.Equal("x    ", await scene.LettersAsync());

        var spent = (await scene.Loop("--max-tokens", "600").RunAsync()).Ended(1);
        Assert.Contains(
            "The budget of --max-tokens is used up (600).\ncoop: Done, but not audited: task 2.\n",
            spent.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Done, but not audited: task 2.",
            Assert.Single((await scene.ReportAsync()).GetProperty("readFirst").EnumerateArray()).GetString()
        );
        Assert.Equal("xx   ", await scene.LettersAsync());

        var broke = (await scene.Loop("--max-cost", "0.5").RunAsync()).Ended(1);
        Assert.Contains("The budget of --max-cost is used up (0.60 USD).", broke.Error, StringComparison.Ordinal);
        Assert.Equal("xxx  ", await scene.LettersAsync());

        var late = (await scene.Loop("--max-time", "3s").RunAsync()).Ended(1);
        Assert.Contains("The time of --max-time is over.", late.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not audited", late.Error, StringComparison.Ordinal);
        Assert.Equal("xxx  ", await scene.LettersAsync());

        (await scene.Loop().RunAsync()).Succeeded();
        Assert.Equal("xxxxx", await scene.LettersAsync());
        Assert.Equal(3, await scene.CountCommitsAsync("work costs"));
    }
}
