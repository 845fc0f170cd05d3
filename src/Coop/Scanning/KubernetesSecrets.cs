using Coop.Detectors;
using Coop.Values;

namespace Coop.Scanning;

/// <summary>Looks into the values of Kubernetes Secrets, which are base64 under <c>data</c>.</summary>
internal static class KubernetesSecrets
{
    private const int Rank = 42;
    private const int LongestDocument = 256 * 1024;
    private const int ShortestSecret = 6;

    /// <param name="at">Where the kind of the document stands.</param>
    public static void Visit(DetectorSet set, ReadOnlySpan<byte> text, int at, List<Hit> hits)
    {
        var first = Math.Max(0, at - LongestDocument);
        var separator = text[first..at].LastIndexOf("\n---"u8);
        var start = separator < 0 ? first : first + separator + 1;
        var rest = text[at..Math.Min(text.Length, at + LongestDocument)];
        var next = rest.IndexOf("\n---"u8);
        var end = next < 0 ? at + rest.Length : at + next;
        for (var line = start; line < end; )
        {
            var length = text[line..end].IndexOf((byte)'\n');
            var lineEnd = length < 0 ? end : line + length;
            VisitLine(set, text, line, lineEnd, hits);
            line = lineEnd + 1;
        }
    }

    private static void VisitLine(DetectorSet set, ReadOnlySpan<byte> text, int start, int end, List<Hit> hits)
    {
        var line = text[start..end];
        var colon = line.IndexOf((byte)':');
        if (colon < 1 || line[0] is not ((byte)' ' or (byte)'\t'))
        {
            return;
        }

        var value = line[(colon + 1)..].Trim(" \t\r\"',"u8);
        if (TokenChecks.Decode(value) is not { } decoded || !TokenChecks.IsPrintable(decoded))
        {
            return;
        }

        var secret = decoded.AsSpan().TrimEnd("\r\n"u8);
        var valueStart = start + line.IndexOf(value);
        CredentialName name = new(line[..colon].Trim(" \t\"'-"u8));
        List<Hit> inside = [];
        new TextScan(set, secret, isText: true, isDerived: true, inside).Run(CancellationToken.None);
        foreach (var hit in inside)
        {
            hits.Add(hit with { Start = valueStart, End = valueStart + value.Length });
        }

        ValueStrength strength = new(secret);
        var isNamed = name.Kind != NameKind.Other && secret.Length >= ShortestSecret && secret.IndexOf((byte)' ') < 0;
        if (
            !Placeholder.IsStandIn(secret)
            && !Placeholder.IsReference(secret)
            && (strength.IsRandom || (isNamed && (strength.IsPassword || strength.HasDigits)))
        )
        {
            hits.Add(Hit.Make(StructuralDetectors.KubernetesSecret, valueStart, valueStart + value.Length, Rank, secret));
        }
    }
}
