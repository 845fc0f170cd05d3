using Coop.Boxes;

namespace Coop.Runs;

/// <summary>What a run says when its box has ended: what was moved out of git's way, what to look at, and what the host would run by itself.</summary>
internal static class GuardText
{
    private const int MostTriggers = 10;

    public static IReadOnlyList<string> Lines(GuardReport report)
    {
        List<string> lines = [];
        foreach (var moved in report.Moved)
        {
            lines.Add($"moved away: '{moved.Path}', {moved.Reason}. It is in '{moved.Quarantine}'");
        }

        lines.AddRange(report.Noticed);
        if (report.Triggers.Count > 0)
        {
            lines.Add($"{Count(report.Triggers.Count)} changed that this machine runs by itself:");
            lines.AddRange(report.Triggers.Take(MostTriggers).Select(trigger => $"  {trigger.Path}  {trigger.When}"));
            if (report.Triggers.Count > MostTriggers)
            {
                lines.Add($"  and {report.Triggers.Count - MostTriggers} more: git status");
            }
        }

        return lines;
    }

    private static string Count(int count) => count == 1 ? "1 file" : $"{count} files";
}
