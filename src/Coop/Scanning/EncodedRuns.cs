using Coop.Detectors;

namespace Coop.Scanning;

/// <summary>Decodes runs of base64 once and looks into those that hold text.</summary>
internal static class EncodedRuns
{
    private const int Shortest = 24;
    private const int Longest = 256 * 1024;
    private const int RankLoss = 5;
    private const int Probe = 16;

    private static readonly ByteSet Letters = new(
        ('0', '9'),
        ('A', 'Z'),
        ('a', 'z'),
        ('+', '+'),
        ('/', '/'),
        ('-', '-'),
        ('_', '_')
    );

    public static void Scan(DetectorSet set, ReadOnlySpan<byte> text, List<Hit> hits, CancellationToken cancellationToken)
    {
        // Looks at every 24th byte only: a run cannot hide between two of them.
        for (var at = Shortest - 1; at < text.Length; )
        {
            if (!Letters.Contains(text[at]))
            {
                at += Shortest;
                continue;
            }

            var start = at;
            while (start > 0 && at - start < Shortest && Letters.Contains(text[start - 1]))
            {
                start--;
            }

            var end = at + Letters.RunLength(text, at, Longest);
            if (end - start >= Shortest)
            {
                Look(set, text, start, end, hits, cancellationToken);
            }

            at = end + Shortest;
        }
    }

    private static void Look(
        DetectorSet set,
        ReadOnlySpan<byte> text,
        int start,
        int end,
        List<Hit> hits,
        CancellationToken cancellationToken
    )
    {
        var run = text[start..end];

        // Most runs are names, hashes and binary data: their first bytes already show it.
        if (TokenChecks.Decode(run[..Probe]) is not { } first || !TokenChecks.IsPrintable(first.AsSpan(0, first.Length - 2)))
        {
            return;
        }

        if (IsSourceMap(text, start) || TokenChecks.Decode(run) is not { } decoded || !TokenChecks.IsPrintable(decoded))
        {
            return;
        }

        List<Hit> inside = [];
        new TextScan(set, decoded, isText: true, isDerived: true, inside).Run(cancellationToken);
        foreach (var hit in inside)
        {
            hits.Add(hit with { Start = start, End = end, Rank = hit.Rank - RankLoss });
        }
    }

    // What a compiler wrote in; the source itself stands elsewhere.
    private static bool IsSourceMap(ReadOnlySpan<byte> text, int start) =>
        start > 64 && text[(start - 64)..start].IndexOf("sourceMappingURL"u8) >= 0;
}
