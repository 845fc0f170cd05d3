using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>Nothing is left, however coop ends.</summary>
public class LifelineTests
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(30);

    // Five seconds are promised; the rest is ours for looking.
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(6);

    public static TheoryData<BoxRig, string> RigsAndSignals => BoxRigs.With("HUP", "INT", "TERM");

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_box_of_a_killed_coop_ends_within_five_seconds(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var marker = HostProcesses.NewMarker();
        await using var coop = await StartSleeperAsync(repository, marker);
        coop.Signal(HostSignal.Kill);
        await GoneAsync(repository, marker);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_box_that_ignores_signals_ends_with_a_killed_coop(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var marker = HostProcesses.NewMarker();
        await using var coop = repository
            .Shell($"trap '' HUP INT TERM QUIT; setsid sleep {marker} & echo ready; while :; do sleep {marker}; done")
            .Start();
        await coop.WaitForOutAsync("ready", Start);
        coop.Signal(HostSignal.Kill);
        await GoneAsync(repository, marker);
    }

    [Theory]
    [MemberData(nameof(RigsAndSignals))]
    public async Task A_signal_ends_the_box_and_leaves_nothing(BoxRig rig, string name)
    {
        var signal = new[] { HostSignal.Hangup, HostSignal.Interrupt, HostSignal.Terminate }.Single(one => one.Name == name);
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var marker = HostProcesses.NewMarker();
        await using var coop = await StartSleeperAsync(repository, marker);
        coop.Signal(signal);
        (await coop.WaitAsync(TimeSpan.FromSeconds(15))).Ended(128 + signal.Number);
        await GoneAsync(repository, marker);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task SIGTERM_reaches_the_command_which_may_clean_up(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await using var coop = repository
            .Shell("trap 'echo cleaned > cleaned; exit 7' TERM; echo ready; while :; do sleep 0.1; done")
            .Start();
        await coop.WaitForOutAsync("ready", Start);
        coop.Signal(HostSignal.Terminate);
        (await coop.WaitAsync(TimeSpan.FromSeconds(15))).Ended(7);
        Assert.Equal(
            "cleaned\n",
            await File.ReadAllTextAsync(repository.PathOf("cleaned"), TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task What_a_command_left_running_ends_with_the_box(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var marker = HostProcesses.NewMarker();
        (await repository.Shell($"setsid sleep {marker} >/dev/null 2>&1 & echo started").RunAsync()).Succeeded();
        await GoneAsync(repository, marker);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Two_boxes_of_one_repository_live_side_by_side(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var marker = HostProcesses.NewMarker();
        await using var first = await StartSleeperAsync(repository, marker);
        Assert.Equal("second\n", (await repository.Shell("echo second").RunAsync()).Succeeded().Out);
        Assert.NotEmpty(HostProcesses.With(marker));
        Assert.False(first.HasEnded);
        first.Signal(HostSignal.Terminate);
        await first.WaitAsync(TimeSpan.FromSeconds(15));
        await GoneAsync(repository, marker);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Zombies_are_reaped(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        const string Script =
            "for n in 1 2 3 4 5; do (true & exec true); done; sleep 0.5; cat /proc/[0-9]*/stat 2>/dev/null | grep -c ') Z '";
        Assert.Equal("0\n", (await repository.Shell($"{Script}; true").RunAsync()).Succeeded().Out);
    }

    private static async Task<RunningProgram> StartSleeperAsync(TemporaryRepository repository, string marker)
    {
        var coop = repository.Shell($"echo ready; exec sleep {marker}").Start();
        await coop.WaitForOutAsync("ready", Start);
        return coop;
    }

    private static async Task GoneAsync(TemporaryRepository repository, string marker)
    {
        await Eventually.TrueAsync(
            () => HostProcesses.With(marker).Count == 0,
            Promise,
            () => $"the end of processes {string.Join(' ', HostProcesses.With(marker))}"
        );
        await Eventually.TrueAsync(
            async () => (await repository.ContainersAsync()).Count == 0,
            Promise,
            () => $"the end of every container of {repository.DirectoryPath}"
        );
    }
}
