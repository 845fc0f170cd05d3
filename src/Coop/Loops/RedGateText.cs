using Coop.Gates;
using Coop.Terminal;

namespace Coop.Loops;

/// <summary>What a red gate says, told apart from what it said before the first task. Pure.</summary>
internal static class RedGateText
{
    /// <param name="outcome">Red.</param>
    /// <param name="before">Of the commit that the loop started with; null when it was not asked.</param>
    /// <returns>A part of a sentence, on one line.</returns>
    public static string Render(GateOutcome outcome, GateOutcome? before)
    {
        var lines = outcome.LastLines.Select(PlainText.CleanLine).ToList();
        if (lines.Count == 0)
        {
            return $"exit code {outcome.ExitCode}: it printed nothing";
        }

        var known = before is { IsGreen: false } red
            ? red.Output.Split('\n').Select(PlainText.CleanLine).ToHashSet(StringComparer.Ordinal)
            : [];
        var old = lines.Where(known.Contains).ToList();
        if (old.Count == 0)
        {
            return $"exit code {outcome.ExitCode}: {lines[^1]}";
        }

        return lines.LastOrDefault(line => !known.Contains(line)) is { } fresh
            ? $"exit code {outcome.ExitCode}: {fresh} (new; it was red before the first task with: {old[^1]})"
            : $"exit code {outcome.ExitCode}: {old[^1]} (as before the first task, nothing new)";
    }
}
