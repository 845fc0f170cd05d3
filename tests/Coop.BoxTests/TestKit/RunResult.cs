using System.Text;

namespace Coop.BoxTests.TestKit;

/// <summary>What a program left when it ended.</summary>
/// <param name="ExitCode">0 to 255; 128 + n when signal n ended it.</param>
/// <param name="OutBytes">Its standard output, byte for byte.</param>
/// <param name="Error">Its standard error as text.</param>
internal sealed record RunResult(string Command, int ExitCode, byte[] OutBytes, string Error)
{
    public string Out => Encoding.UTF8.GetString(OutBytes);

    public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Itself; fails the test with all that was said when the exit code is another one.</summary>
    public RunResult Ended(int exitCode)
    {
        if (ExitCode != exitCode)
        {
            throw new Xunit.Sdk.XunitException(
                $"Exit code {ExitCode}, not {exitCode}, of: {Command}\n--- out\n{Tail(Out)}\n--- error\n{Tail(Error)}"
            );
        }
        return this;
    }

    public RunResult Succeeded() => Ended(0);

    // Binary output of a failed test would make the whole log one of a binary file.
    private static string Tail(string text) =>
        string.Concat(
            (text.Length <= 4000 ? text : $"…{text[^4000..]}").Select(letter =>
                letter == '\n' || !char.IsControl(letter) ? letter : '·'
            )
        );
}
