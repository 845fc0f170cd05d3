using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class EnvironmentTests
{
    private static readonly string[] HostNames =
    [
        "AWS_SECRET_ACCESS_KEY",
        "GITHUB_TOKEN",
        "ANTHROPIC_API_KEY",
        "SSH_AUTH_SOCK",
        "COOP_SOMETHING",
        "MY_PASSWORD",
        "LD_PRELOAD_HINT",
    ];

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Variables_of_the_host_are_absent(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var run = repository.Shell(
            "set; env; tr '\\0' '\\n' < /proc/self/environ; cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n'"
        );
        var result = (
            await HostNames.Aggregate(run, (with, name) => with.Environment(name, "marked-value")).RunAsync()
        ).Succeeded();
        Assert.DoesNotContain("marked-value", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_environment_of_PID_1_tells_nothing_of_the_host(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var run = repository.Shell("cat /proc/1/environ 2>/dev/null | tr '\\0' '\\n'; tr '\\0' '\\n' < /proc/1/cmdline");
        var result = (await run.Environment("GITHUB_TOKEN", "marked-value").RunAsync()).Succeeded();
        Assert.DoesNotContain("marked-value", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(repository.HomeDirectory, result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_command_starts_in_the_repository_at_its_real_path(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var result = (await repository.Shell("pwd; printf '%s\\n' \"$PWD\"; cat README.md").RunAsync()).Succeeded();
        Assert.Equal([repository.DirectoryPath, repository.DirectoryPath, "hello"], result.Lines);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_tools_of_the_box_are_on_its_PATH(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        (await repository.Shell("command -v git && command -v sh && command -v python3").RunAsync()).Succeeded();
    }
}
