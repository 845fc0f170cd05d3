using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class DemoTests
{
    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Everything_holds_and_nothing_is_left(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var result = (await Demo(repository).RunAsync()).Succeeded();
        Assert.Equal("", result.Error);
        Assert.Contains($"in a {rig.EngineName} box.", result.Lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("did not hold", result.Out, StringComparison.Ordinal);
        Assert.Equal("  cd your-project && coop run -- ls", result.Lines[^1]);
        AssertNothingIsLeft(repository);
    }

    [Fact]
    public async Task Where_nothing_is_chosen_it_takes_bubblewrap_and_asks_for_no_image()
    {
        await using var repository = await TemporaryRepository.CreateAsync(Bwrap);
        var run = Demo(repository);
        run = run with
        {
            Variables = run
                .Variables.Where(variable => !variable.Key.StartsWith("COOP_", StringComparison.Ordinal))
                .ToDictionary(),
        };
        Assert.Contains("in a bwrap box.", (await run.RunAsync()).Succeeded().Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_without_its_image_is_told_in_a_sentence_and_a_hint()
    {
        BoxRig docker = new(Engine.Docker, Bwrap.Caller);
        await using var repository = await TemporaryRepository.CreateAsync(docker);
        var result = (await Demo(repository).Environment("COOP_IMAGE", "no-such-image-here").RunAsync()).Ended(1);
        Assert.Equal("", result.Out);
        Assert.Equal(2, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("no-such-image-here", result.Error, StringComparison.Ordinal);
        AssertNothingIsLeft(repository);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Interrupted_at_any_moment_it_leaves_nothing(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        foreach (var milliseconds in new[] { 10, 25, 50, 75, 100, 200 })
        {
            await using var demo = Demo(repository).Start();
            await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
            try
            {
                demo.Signal(HostSignal.Interrupt);
            }
            catch (InvalidOperationException)
            {
                // It was quicker.
            }

            var result = await demo.WaitAsync(TimeSpan.FromSeconds(30));

            Assert.True(result.ExitCode is 0 or 130, $"{result.ExitCode}: {result.Error}");
            AssertNothingIsLeft(repository);
        }

        await Eventually.TrueAsync(
            async () => (await repository.ContainersAsync()).Count == 0,
            TimeSpan.FromSeconds(15),
            () => "no container is left"
        );
    }

    private static BoxRig Bwrap => new(Engine.Bwrap, Account.Current.Uid == 0 ? CallerKind.Root : CallerKind.Ordinary);

    private static ProgramRun Demo(TemporaryRepository repository) =>
        repository.Coop("demo").Environment("TMPDIR", repository.HomeDirectory);

    private static void AssertNothingIsLeft(TemporaryRepository repository) =>
        Assert.Empty(Directory.EnumerateFileSystemEntries(repository.HomeDirectory, "coop-demo-*"));
}
