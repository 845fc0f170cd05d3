using System.Text.Json;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class DoctorTests
{
    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Every_promise_of_a_real_box_is_held_and_proved(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var result = (await Doctor(repository, "--json").RunAsync()).Succeeded();
        Assert.Equal("", result.Error);
        using var document = JsonDocument.Parse(result.Out);
        Assert.Equal(rig.EngineName, document.RootElement.GetProperty("engine").GetString());
        Assert.Equal(
            [],
            document
                .RootElement.GetProperty("checks")
                .EnumerateArray()
                .Where(check =>
                    check.GetProperty("outcome").GetString() != "held" && check.GetProperty("id").GetString() != "runc"
                )
                .Select(check => $"{check.GetProperty("id")}: {check.GetProperty("proof")}")
        );
        AssertNothingIsLeft(repository);
        Assert.Empty(await repository.ContainersAsync());
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_box_that_the_users_own_arguments_open_fails(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var (words, promise) = rig.HasContainers
            ? ("--pid=host", "The host's processes are out of sight")
            : ("--share-net", "Ports of the host's 127.0.0.1 are closed");
        var run = Doctor(repository).Environment("COOP_RUN_ARGS", words).Environment("COOP_EGRESS", "none");
        var result = (await run.RunAsync()).Ended(1);
        Assert.Contains(
            result.Lines,
            line => line.StartsWith("  FAILED", StringComparison.Ordinal) && line.Contains(promise, StringComparison.Ordinal)
        );
        AssertNothingIsLeft(repository);
    }

    [Fact]
    public async Task A_missing_image_is_told_without_fetching_it()
    {
        await using var repository = await TemporaryRepository.CreateAsync(new BoxRig(Engine.Docker, CurrentKind));
        var result = (await Doctor(repository).Environment("COOP_IMAGE", "no-such-image-here").RunAsync()).Ended(1);
        Assert.Contains("docker has no image 'no-such-image-here'", result.Out, StringComparison.Ordinal);
        Assert.Contains("since no box was started", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_the_user_are_not_in_the_attacked_box()
    {
        await using var repository = await TemporaryRepository.CreateAsync(new BoxRig(Engine.Bwrap, CurrentKind));
        var agents = Path.Combine(repository.HomeDirectory, ".config/coop/agents");
        Directory.CreateDirectory(agents);

        // Not even read: a broken line would refuse every run.
        await File.WriteAllTextAsync(Path.Combine(agents, "env"), "not a line\n", TestContext.Current.CancellationToken);
        (await repository.Shell("true").RunAsync()).Ended(2);
        (await Doctor(repository).RunAsync()).Succeeded();
    }

    private static CallerKind CurrentKind => Account.Current.Uid == 0 ? CallerKind.Root : CallerKind.Ordinary;

    private static ProgramRun Doctor(TemporaryRepository repository, params string[] words) =>
        repository.Coop(["doctor", .. words]).Environment("TMPDIR", repository.HomeDirectory);

    private static void AssertNothingIsLeft(TemporaryRepository repository) =>
        Assert.Empty(Directory.EnumerateFileSystemEntries(repository.HomeDirectory, "coop-doctor-*"));
}
