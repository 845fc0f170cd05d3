using System.Text.Json;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>What only engines with containers and images have.</summary>
public class ContainerTests
{
    [Theory]
    [MemberData(nameof(BoxRigs.Containers), MemberType = typeof(BoxRigs))]
    public async Task A_box_is_labelled_while_it_runs_and_gone_afterwards(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await using var coop = repository.Shell("echo ready; exec sleep 60").Start();
        await coop.WaitForOutAsync("ready", TimeSpan.FromSeconds(30));
        var container = Assert.Single(await repository.ContainersAsync());
        using (var document = JsonDocument.Parse(container))
        {
            var labels = document.RootElement[0].GetProperty("Config").GetProperty("Labels");
            foreach (var name in new[] { "coop.repo", "coop.run", "coop.role" })
            {
                Assert.False(string.IsNullOrEmpty(labels.GetProperty(name).GetString()), name);
            }
        }
        coop.Signal(HostSignal.Terminate);
        await coop.WaitAsync(TimeSpan.FromSeconds(15));
        Assert.Empty(await repository.ContainersAsync());
    }

    [Theory]
    [MemberData(nameof(BoxRigs.Containers), MemberType = typeof(BoxRigs))]
    public async Task An_absent_image_is_named_and_nothing_runs(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var result = await repository.Shell("echo ran").Environment("COOP_IMAGE", "localhost/no-such-image:1").RunAsync();
        Assert.InRange(result.ExitCode, 1, 2);
        Assert.Equal("", result.Out);
        Assert.StartsWith("coop:", result.Error, StringComparison.Ordinal);
        Assert.Contains("localhost/no-such-image:1", result.Error, StringComparison.Ordinal);
        Assert.Empty(await repository.ContainersAsync());
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_dry_run_prints_the_command_of_the_engine_and_starts_nothing(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var result = (await repository.Coop("run", "--dry-run", "--", "sh", "-c", "echo ran > made").RunAsync()).Succeeded();
        Assert.Contains(rig.EngineName, result.Out, StringComparison.Ordinal);
        Assert.Contains(repository.DirectoryPath, result.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(repository.PathOf("made")));
        Assert.Empty(await repository.ContainersAsync());
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task An_engine_that_is_not_installed_is_named(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        // A PATH with git and nothing else: the engine is not to be found.
        var tools = Path.Combine(repository.HomeDirectory, "tools");
        Directory.CreateDirectory(tools);
        File.CreateSymbolicLink(Path.Combine(tools, "git"), "/usr/bin/git");
        File.CreateSymbolicLink(Path.Combine(tools, "env"), "/usr/bin/env");
        var coop = repository.Shell("echo ran");
        // Its own PATH is set by the last env: the words before it must still be found.
        var run = coop with
        {
            Command = ["env", $"PATH={tools}", .. coop.Command],
        };
        var result = await run.RunAsync();
        Assert.InRange(result.ExitCode, 1, 2);
        Assert.Equal("", result.Out);
        Assert.StartsWith("coop:", result.Error, StringComparison.Ordinal);
        Assert.Contains(rig.EngineName, result.Error, StringComparison.Ordinal);
    }
}
