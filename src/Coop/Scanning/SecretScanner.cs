using System.Text;
using Coop.Detectors;

namespace Coop.Scanning;

/// <summary>
/// Looks for credentials in content that somebody else has read: pure, without files, clock and network, and safe to use from several threads.
/// Time and memory grow with the size of the content alone.
/// </summary>
internal sealed class SecretScanner(DetectorSet detectors)
{
    /// <summary>A scanner that knows everything in <see cref="DetectorCatalog"/>. Making it costs some milliseconds: make one.</summary>
    public static SecretScanner Standard() => new(new DetectorSet(DetectorCatalog.Read()));

    /// <summary>What is found in the content of a file, in the order of its lines.</summary>
    /// <param name="name">Its path or name; empty when there is none.</param>
    /// <param name="content">Whole, in UTF-8, UTF-16 or any encoding that agrees with ASCII; binary content is recognised.</param>
    public IReadOnlyList<SecretFinding> ScanBlob(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content) =>
        Scan(name, content, 1, content.Length, CancellationToken.None);

    /// <summary>What is found in text such as a commit message.</summary>
    public IReadOnlyList<SecretFinding> ScanText(string text) => ScanBlob([], Encoding.UTF8.GetBytes(text));

    /// <summary>As <see cref="ScanBlob"/>, for a piece of a larger file.</summary>
    /// <param name="firstLine">The number of the first line.</param>
    /// <param name="before">Only what begins before this byte is told; the next piece tells the rest.</param>
    public IReadOnlyList<SecretFinding> Scan(
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> content,
        int firstLine,
        int before,
        CancellationToken cancellationToken
    )
    {
        var decoded = ContentDecoder.Decode(content, out var text);
        List<Hit> hits = [];
        new TextScan(detectors, text, ContentDecoder.IsText(text), isDerived: false, hits).Run(cancellationToken);
        if (firstLine == 1)
        {
            SeparatedValues.Scan(text, hits, cancellationToken);
        }

        return hits.Count == 0 ? [] : FindingPlaces.Tell(text, Kept(hits, decoded ? text.Length : before), firstLine);
    }

    /// <summary>A line such as a path, each credential in it replaced by its redacted form.</summary>
    public byte[] Redact(ReadOnlySpan<byte> line)
    {
        List<Hit> hits = [];
        new TextScan(detectors, line, isText: true, isDerived: false, hits).Run(CancellationToken.None);
        List<byte> shown = [];
        var copied = 0;
        foreach (var hit in Kept(hits, line.Length).OrderBy(hit => hit.Start))
        {
            shown.AddRange(line[copied..hit.Start]);
            shown.AddRange(Encoding.UTF8.GetBytes(hit.Redacted));
            copied = hit.End;
        }

        shown.AddRange(line[copied..]);
        return [.. shown];
    }

    private static List<Hit> Kept(List<Hit> hits, int before)
    {
        List<Hit> kept = [];
        foreach (var hit in hits.OrderByDescending(hit => hit.Rank).ThenBy(hit => hit.Start).ThenByDescending(hit => hit.End))
        {
            if (hit.Start < before && !kept.Any(other => hit.Start < other.End && other.Start < hit.End))
            {
                kept.Add(hit);
            }
        }

        return kept;
    }
}
