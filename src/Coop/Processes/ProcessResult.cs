using System.Text;

namespace Coop.Processes;

/// <summary>What a captured program left.</summary>
/// <param name="ExitCode">0 to 255; 128 + n when signal n ended it.</param>
internal sealed record ProcessResult(int ExitCode, ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> ErrorOutput)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The standard output as UTF-8 without its final newline.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output.Span).TrimEnd('\n');

    public string ErrorText => Encoding.UTF8.GetString(ErrorOutput.Span).TrimEnd('\n');
}
