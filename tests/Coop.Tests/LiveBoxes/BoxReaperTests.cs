using Coop.Boxes;
using Coop.Configuration;
using Coop.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coop.LiveBoxes;

public class BoxReaperTests
{
    private readonly FakeEngine engine = new(EngineKind.Podman);
    private readonly FakeGuard guard = new();
    private readonly List<GuardReport> reports = [];
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_dead_runs_container_and_directory_are_removed()
    {
        using TemporaryDirectory directory = new();
        directory.Write("state/runs/11112222/lock", "");
        directory.Write(
            "state/runs/11112222/record",
            new RunRecord(EngineKind.Podman, "coop-x-11112222", Staging: null).ToText()
        );
        await SweepAsync(directory);
        Assert.Equal(["remove coop-x-11112222"], engine.Calls);
        Assert.Equal(["inspect 11112222"], guard.Calls);
        Assert.Equal([FakeGuard.Report], reports);
        Assert.Equal([], Directory.EnumerateFileSystemEntries(directory.PathOf("state/runs")));
    }

    [Fact]
    public async Task A_living_run_is_left_alone()
    {
        using TemporaryDirectory directory = new();
        using var run = RunDirectory.Create(directory.UserDirectories, SomePlan.On(EngineKind.Podman));
        await SweepAsync(directory);
        Assert.Equal([], engine.Calls);
        Assert.True(Directory.Exists(run.LinePath));
    }

    [Fact]
    public async Task A_run_that_is_just_starting_has_a_minute_to_take_its_lock()
    {
        using TemporaryDirectory directory = new();
        Directory.CreateDirectory(directory.PathOf("state/runs/33334444.new"));
        await SweepAsync(directory);
        Assert.True(Directory.Exists(directory.PathOf("state/runs/33334444.new")));

        time.Advance(TimeSpan.FromMinutes(2));
        await SweepAsync(directory);
        Assert.Equal([], Directory.EnumerateFileSystemEntries(directory.PathOf("state/runs")));
        Assert.Equal([], engine.Calls);
    }

    [Fact]
    public async Task A_record_that_is_damaged_does_not_keep_the_directory()
    {
        using TemporaryDirectory directory = new();
        directory.Write("state/runs/5/lock", "");
        directory.Write("state/runs/5/record", "garbage");
        await SweepAsync(directory);
        Assert.Equal([], Directory.EnumerateFileSystemEntries(directory.PathOf("state/runs")));
    }

    [Fact]
    public async Task Nothing_is_made_where_nothing_ever_ran()
    {
        using TemporaryDirectory directory = new();
        await SweepAsync(directory);
        Assert.False(Directory.Exists(directory.PathOf("state")));
    }

    [Fact]
    public void No_other_user_of_the_host_can_come_near_the_lifeline()
    {
        using TemporaryDirectory directory = new();
        using var run = RunDirectory.Create(directory.UserDirectories, SomePlan.On(EngineKind.Docker));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(run.Path));
    }

    [Fact]
    public void A_runs_directory_is_gone_when_the_run_has_ended()
    {
        using TemporaryDirectory directory = new();
        RunDirectory.Create(directory.UserDirectories, SomePlan.On(EngineKind.Docker)).Dispose();
        Assert.Equal([], Directory.EnumerateFileSystemEntries(directory.PathOf("state/runs")));
    }

    private Task SweepAsync(TemporaryDirectory directory) =>
        new BoxReaper(
            kind => kind == engine.Kind ? engine : throw new InvalidOperationException($"{kind}"),
            guard,
            time
        ).SweepAsync(directory.UserDirectories, reports.Add, TestContext.Current.CancellationToken);
}
