using System.Text;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class StreamTests
{
    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_binary_megabyte_passes_through_unchanged(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var bytes = new byte[1024 * 1024];
        new Random(1).NextBytes(bytes);
        var result = (await repository.Coop("run", "--", "cat").Stdin(bytes).RunAsync()).Succeeded();
        Assert.True(bytes.AsSpan().SequenceEqual(result.OutBytes), $"{result.OutBytes.Length} bytes came back, or others.");
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Stdout_carries_the_command_alone_and_stderr_its_errors(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var result = (await repository.Shell("printf out; printf 'an error\\n' >&2").RunAsync()).Succeeded();
        Assert.Equal("out", result.Out);
        var own = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line != "an error").ToList();
        Assert.Contains("an error\n", result.Error, StringComparison.Ordinal);
        Assert.All(own, line => Assert.StartsWith("coop:", line, StringComparison.Ordinal));
        Assert.InRange(own.Count, 0, 3);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_end_of_stdin_reaches_the_command(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        Assert.Equal("0\n", (await repository.Shell("wc -c").RunAsync()).Succeeded().Out.Trim(' '));
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Arguments_reach_the_command_verbatim(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        string[] words =
        [
            "two words",
            "",
            "'q' \"Q\"",
            "$HOME `id` \\",
            "line\nbreak",
            "--help",
            "-v",
            "@README.md",
            "ü→",
            "*",
            "a,b=c:d",
            "--",
        ];
        var result = (await repository.Coop(["run", "--", "printf", "%s\\0", .. words]).RunAsync()).Succeeded();
        Assert.Equal(words, Encoding.UTF8.GetString(result.OutBytes).Split('\0')[..^1]);
    }
}
