using System.Text;

namespace Coop.Scanning;

/// <summary>Turns places in a text into lines and columns, and reads what the lines say of them.</summary>
internal static class FindingPlaces
{
    /// <param name="hits">Not overlapping.</param>
    /// <param name="firstLine">The number of the text's first line.</param>
    public static IReadOnlyList<SecretFinding> Tell(ReadOnlySpan<byte> text, List<Hit> hits, int firstLine)
    {
        List<SecretFinding> findings = [];
        var line = firstLine;
        var counted = 0;
        foreach (var hit in hits.OrderBy(hit => hit.Start))
        {
            line += text[counted..hit.Start].Count((byte)'\n');
            counted = hit.Start;
            var lineStart = text[..hit.Start].LastIndexOf((byte)'\n') + 1;
            var lineEnd = text[hit.Start..].IndexOf((byte)'\n');
            findings.Add(
                new SecretFinding(
                    hit.Detector.Id,
                    hit.Detector.Title,
                    hit.Detector.Tier,
                    line,
                    hit.Start - lineStart + 1,
                    Utf16Units(text[lineStart..hit.Start]) + 1,
                    line + text[hit.Start..Math.Max(hit.Start, hit.End - 1)].Count((byte)'\n'),
                    hit.Redacted,
                    hit.Digest,
                    AllowComment.ReasonIn(text[lineStart..(lineEnd < 0 ? text.Length : hit.Start + lineEnd)])
                )
            );
        }

        return findings;
    }

    // Bytes that are no UTF-8 count as whoever shows the line would put U+FFFD for them.
    private static int Utf16Units(ReadOnlySpan<byte> text) =>
        Encoding.UTF8.GetCharCount(text.StartsWith("\ufeff"u8) ? text[3..] : text);
}
