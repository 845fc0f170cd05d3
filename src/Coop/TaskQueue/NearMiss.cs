using System.Text;
using System.Text.RegularExpressions;

namespace Coop.TaskQueue;

/// <summary>Tells of a line at the left margin why it is no task though it looks like one.</summary>
internal static partial class NearMiss
{
    private const int LongestLook = 64;

    /// <summary>Null for a line that does not look like a task.</summary>
    public static string? ProblemOf(ReadOnlySpan<byte> line)
    {
        var head = Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestLook)]);
        var match = Shape().Match(head);
        if (!match.Success)
        {
            return null;
        }

        var inside = match.Groups["inside"].Value;
        return match.Groups["bullet"].Value != "-" ? "a task begins with '-'"
            : match.Groups["gap"].Value != " " ? "a task has one space between '-' and '['"
            : inside.Length != 1 || inside[0] > 0x7f ? "a task has one letter between its brackets"
            : match.Groups["rest"].Value.Length == 0 ? "the task has no title"
            : "a task has a space behind its brackets";
    }

    // Behind the brackets of a link or a reference stands one of ( [ : and it is no task.
    [GeneratedRegex(
        @"^(?<bullet>[-*+]|[0-9]{1,9}[.)])(?<gap>\s*)\[(?<inside>[^\]\[]{0,3})\](?<rest>(?![(\[:]).?)",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Shape();
}
