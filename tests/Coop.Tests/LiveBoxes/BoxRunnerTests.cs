using Coop.Boxes;
using Coop.Configuration;
using Coop.Egress;
using Coop.Errors;
using Coop.Native;
using Coop.Processes;
using Coop.TestKit;
using Xunit;

namespace Coop.LiveBoxes;

public sealed class BoxRunnerTests : IDisposable
{
    private static readonly string[] EngineWords = ["engine", "coop-project-" + SomeFacts.RunId];

    private readonly TemporaryDirectory directory = new();
    private readonly RecordedTerminal terminal = new();
    private readonly FakeGuard guard = new();
    private readonly List<GuardReport> reports = [];

    private BoxPlan plan = SomePlan.On(EngineKind.Docker) with { Limits = new BoxLimits(default, default, default) };
    private FakeEngine engine = new(EngineKind.Docker);

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task The_commands_own_exit_code_is_returned_and_nothing_is_left()
    {
        plan = plan with { SecretEnvironment = CString.List("KEY=sesame", "B=") };
        var box = Box(0, Begin, box => box.Say("exit 7"));
        Assert.Equal(7, await RunAsync(box));
        Assert.Equal(CString.List("KEY=sesame", "B="), box.Received);
        Assert.Equal(["attach"], engine.Calls);
        Assert.Equal([$"prepare {SomeFacts.RunId}", $"inspect {SomeFacts.RunId}"], guard.Calls);
        Assert.Equal([FakeGuard.Report], reports);
        Assert.Equal("", terminal.ErrorOutput);
        Assert.Equal([], Directory.EnumerateFileSystemEntries(directory.PathOf("state/runs")));
    }

    [Fact]
    public async Task A_command_that_is_not_in_the_box_is_named_with_a_shells_exit_code()
    {
        Assert.Equal(127, await RunAsync(Box(0, Begin, box => box.Say("failed 127 'mkae' is not in the \u001b[31mbox"))));
        Assert.Equal("coop: 'mkae' is not in the box.\n", terminal.ErrorOutput);
    }

    [Fact]
    public async Task A_box_that_finds_itself_weaker_than_promised_is_not_started()
    {
        var error = await Assert.ThrowsAsync<UserError>(() => RunAsync(Box(0, box => box.Say("failed 125 its user is root"))));
        Assert.Equal("The box was not started: its user is root.", error.Message);
        Assert.Equal([], engine.Calls);
        Assert.Equal([FakeGuard.Report], reports);
    }

    [Theory]
    [InlineData("hullo")]
    [InlineData("exit many")]
    [InlineData("failed")]
    public async Task A_box_that_speaks_out_of_turn_is_hung_up_on(string words)
    {
        var error = await Assert.ThrowsAsync<UserError>(() => RunAsync(Box(0, box => box.Say(words), box => box.WaitForGo())));
        Assert.Equal("The box was not started: it spoke out of turn.", error.Message);
    }

    [Fact]
    public async Task A_limit_that_is_not_in_force_refuses_before_the_command_starts()
    {
        plan = plan with { Limits = plan.Limits with { Memory = new Cap<long>(1, IsExplicit: true) } };
        var started = false;
        var error = await Assert.ThrowsAsync<UserError>(() =>
            RunAsync(
                Box(
                    0,
                    box =>
                    {
                        box.Say("hello uid=1000");
                        started = box.WaitForGo();
                    }
                )
            )
        );
        Assert.Equal(
            "The box does not hold COOP_MEMORY: the limit was set and read back, and it is not in force.",
            error.Message
        );
        Assert.False(started);
        Assert.Equal([$"remove {plan.Name}"], engine.Calls);
    }

    [Fact]
    public async Task A_default_limit_that_is_not_in_force_is_said()
    {
        plan = plan with { Limits = plan.Limits with { Pids = new Cap<int>(1, IsExplicit: false) } };
        Assert.Equal(0, await RunAsync(Box(0, Begin, box => box.Say("exit 0"))));
        Assert.Equal("coop: docker cannot hold the default COOP_PIDS; the box runs without that cap.\n", terminal.ErrorOutput);
    }

    [Fact]
    public async Task A_box_that_never_came_is_explained_by_its_engine_and_removed()
    {
        var error = await Assert.ThrowsAsync<UserError>(() => RunAsync(new ScriptedBox(LineDirectory, 125, _ => { })));
        Assert.Equal("It ended with 125.", error.Message);
        Assert.Equal([$"remove {plan.Name}", "repair", "explain 125"], engine.Calls);
        Assert.Equal([FakeGuard.Report], reports);
        Assert.Equal([], Directory.EnumerateFileSystemEntries(directory.PathOf("state/runs")));
    }

    [Fact]
    public async Task What_the_engine_could_mend_is_tried_once_more()
    {
        engine = new FakeEngine(EngineKind.Docker) { Repairs = true };
        Assert.Equal(3, await RunAsync(new ScriptedBox(LineDirectory, 125, _ => { }), Box(0, Begin, box => box.Say("exit 3"))));
        Assert.Equal([$"remove {plan.Name}", "repair", "attach"], engine.Calls);
    }

    [Fact]
    public async Task A_box_that_went_without_a_word_is_an_error_and_removed()
    {
        var error = await Assert.ThrowsAsync<UserError>(() => RunAsync(Box(137, Begin)));
        Assert.Equal("The box ended without a word (the engine's exit code is 137).", error.Message);
        Assert.Equal(["attach", $"remove {plan.Name}"], engine.Calls);
    }

    [Fact]
    public async Task An_engine_that_is_not_there_is_asked_why()
    {
        engine = new FakeEngine(EngineKind.Docker) { Refusal = new UserError("docker is not installed.", "Install it.") };
        using var processes = new ScriptedProcessRunner().ExpectMissing(EngineWords);
        var error = await Assert.ThrowsAsync<UserError>(() => RunAsync(processes));
        Assert.Equal("docker is not installed.", error.Message);
        Assert.Equal([FakeGuard.Report], reports);
    }

    [Fact]
    public async Task A_command_too_long_for_the_kernel_is_explained()
    {
        using var processes = new ScriptedProcessRunner().ExpectMissing(EngineWords, Errno.E2BIG);
        var error = await Assert.ThrowsAsync<UserError>(() => RunAsync(processes));
        Assert.Equal("The box needs 1 mounts, more than an engine's arguments can carry.", error.Message);
    }

    private static void Begin(ScriptedBox box)
    {
        box.Say("hello uid=1000");
        box.WaitForGo();
    }

    private string LineDirectory => directory.PathOf($"state/runs/{SomeFacts.RunId}/line");

    private ScriptedBox Box(int exitCode, params Action<ScriptedBox>[] parts) =>
        new(
            LineDirectory,
            exitCode,
            box =>
            {
                box.Connect();
                foreach (var part in parts)
                {
                    part(box);
                }
            }
        );

    private async Task<int> RunAsync(params ScriptedBox[] boxes)
    {
        using ScriptedProcessRunner processes = new();
        foreach (var box in boxes)
        {
            processes.ExpectStart(EngineWords, box);
        }

        return await RunAsync(processes);
    }

    private async Task<int> RunAsync(ScriptedProcessRunner processes)
    {
        using SignalPipe signals = new();
        BoxRunner runner = new(
            processes,
            directory.UserDirectories,
            terminal,
            guard,
            new HostPorts(),
            TimeProvider.System,
            isRoot: false
        );
        return await runner.RunAsync(plan, engine, BoxStreams.Own, signals, reports.Add, TestContext.Current.CancellationToken);
    }
}
