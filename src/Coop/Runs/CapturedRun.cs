using System.Text;
using Coop.Boxes;
using Coop.Terminal;

namespace Coop.Runs;

/// <summary>A run whose output Coop itself reads.</summary>
/// <param name="Plan">What was carried out.</param>
/// <param name="ExitCode">The command's own.</param>
/// <param name="Output">Standard output, up to the bound; whatever the box chose to write.</param>
/// <param name="Guard">What was found when the box had ended.</param>
internal sealed record CapturedRun(BoxPlan Plan, int ExitCode, ReadOnlyMemory<byte> Output, GuardReport Guard)
{
    private const int LastLines = 12;

    public string OutputText => Encoding.UTF8.GetString(Output.Span);

    /// <summary>Shows how the output ended, made safe to print: what a failure has to say for itself.</summary>
    public void ShowEnd(ITerminal terminal)
    {
        foreach (
            var line in OutputText.Split('\n').Select(PlainText.CleanLine).Where(line => line.Length > 0).TakeLast(LastLines)
        )
        {
            terminal.Error($"  {line}\n");
        }
    }
}
