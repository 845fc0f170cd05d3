using Coop.Detectors;

namespace Coop.Scanning;

/// <summary>Puts together string literals that a program joins, <c>"first" + "second"</c>, and looks at the whole.</summary>
internal static class JoinedLiterals
{
    private const int LongestLiteral = 400;
    private const int MostLiterals = 64;
    private const int Context = 100;

    /// <param name="closing">Where the first literal's closing quote stands.</param>
    /// <returns>Behind what was looked at.</returns>
    public static int Scan(DetectorSet set, ReadOnlySpan<byte> text, int closing, List<Hit> hits)
    {
        var quote = text[closing];
        if (!TryFindNext(text, closing, quote, out var opening))
        {
            return closing + 1;
        }

        var lowest = Math.Max(0, closing - LongestLiteral);
        var first = text[lowest..closing].LastIndexOfAny(quote, (byte)'\n');
        if (first < 0 || text[lowest + first] != quote)
        {
            return closing + 1;
        }

        first += lowest;
        var before = text[Math.Max(0, first - Context)..first];
        before = before[(before.LastIndexOf((byte)'\n') + 1)..];
        List<byte> joined = [.. before, .. text[first..closing]];
        var end = closing;
        for (var count = 1; count < MostLiterals; count++)
        {
            var rest = text[(opening + 1)..Math.Min(text.Length, opening + 1 + LongestLiteral)];
            var close = rest.IndexOfAny(quote, (byte)'\n');
            if (close < 0 || rest[close] != quote)
            {
                break;
            }

            joined.AddRange(rest[..close]);
            end = opening + 1 + close;
            if (!TryFindNext(text, end, quote, out opening))
            {
                break;
            }
        }

        joined.Add(quote);
        Look(set, joined.ToArray(), before.Length, first, end, hits);
        return Math.Max(end, closing + 1);
    }

    private static void Look(DetectorSet set, byte[] joined, int contextLength, int start, int end, List<Hit> hits)
    {
        List<Hit> inside = [];
        new TextScan(set, joined, isText: true, isDerived: true, inside).Run(CancellationToken.None);
        foreach (var hit in inside)
        {
            // What lies before the literals is found without joining.
            if (hit.End > contextLength)
            {
                hits.Add(hit with { Start = start, End = end, Rank = hit.Rank + 1 });
            }
        }
    }

    // Behind a closing quote: blanks, a sign that joins or a line's end, blanks, an opening quote of the same kind.
    private static bool TryFindNext(ReadOnlySpan<byte> text, int closing, byte quote, out int opening)
    {
        const int MostBlanks = 80;
        const int MostSigns = 3;
        opening = closing + 1;
        var signs = 0;
        var lines = 0;
        for (var most = Math.Min(text.Length, closing + MostBlanks); opening < most; opening++)
        {
            switch (text[opening])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    break;
                case (byte)'\n':
                    lines++;
                    break;
                case (byte)'+' or (byte)'.' or (byte)'&' or (byte)'\\' or (byte)'~' or (byte)'_':
                    signs++;
                    break;
                case var other when other == quote:
                    return signs + lines > 0 && signs <= MostSigns && lines <= 2 && (signs > 0 || lines == 1);
                default:
                    return false;
            }
        }

        return false;
    }
}
