using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class VersionTests
{
    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    [InlineData("-v")]
    public async Task The_version_is_one_line_on_stdout(string word)
    {
        var result = (
            await new ProgramRun(Account.Current, [CoopUnderTest.ExecutablePath, word]) { Variables = Bare }.RunAsync()
        ).Succeeded();
        Assert.Matches(@"^\S.*\d+\.\d+.*\n$", result.Out);
        Assert.Equal("", result.Error);
    }

    /// <summary>No HOME, no TERM: nothing but a PATH.</summary>
    private static Dictionary<string, string> Bare => new(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" };
}
