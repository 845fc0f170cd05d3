using System.Text;
using Coop.Boxes;

namespace Coop.Runs;

/// <summary>A run whose output Coop itself reads.</summary>
/// <param name="Plan">What was carried out.</param>
/// <param name="ExitCode">The command's own.</param>
/// <param name="Output">Standard output, up to the bound; whatever the box chose to write.</param>
/// <param name="Guard">What was found when the box had ended.</param>
internal sealed record CapturedRun(BoxPlan Plan, int ExitCode, ReadOnlyMemory<byte> Output, GuardReport Guard)
{
    public string OutputText => Encoding.UTF8.GetString(Output.Span);
}
