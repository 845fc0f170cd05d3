using System.Text;
using Coop.Terminal;

namespace Coop.Scanning;

/// <summary>Reads <c>coop:allow-secret reason</c> in a line's comment.</summary>
internal static class AllowComment
{
    private const int LongestReason = 200;

    private static ReadOnlySpan<byte> Mark => "coop:allow-secret"u8;

    /// <summary>The reason that the line gives; null when it allows nothing or gives none.</summary>
    public static string? ReasonIn(ReadOnlySpan<byte> line)
    {
        var at = line.IndexOf(Mark);
        if (at < 0)
        {
            return null;
        }

        var reason = line[(at + Mark.Length)..];
        reason = reason[..Math.Min(reason.Length, LongestReason)];
        var text = PlainText
            .CleanLine(Encoding.UTF8.GetString(reason))
            .Trim(' ', ':', '-', '(', ')', '*', '/', '>', '"', ',', '#', '}', ']');
        return text.Length == 0 ? null : text;
    }
}
