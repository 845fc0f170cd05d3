using Coop.Clones;
using Coop.Detectors;
using Coop.Scanning;
using Coop.Storage;

namespace Coop.Reviews;

/// <summary>Looks for providers' tokens in what commits bring: in every new blob, and in the messages and names of the commits themselves.</summary>
internal sealed class TokenSearch(ScratchRepository scratch, SecretScanner scanner)
{
    // A larger one is refused for its size; beyond this its content is not read.
    private const long LargestBlobBytes = 16 << 20;

    // Read at once; bounds what is in memory.
    private const long BatchBytes = 4 << 20;

    /// <param name="sizes">Of new blobs.</param>
    public async Task<IReadOnlyList<ReviewFinding>> FindAsync(
        IReadOnlyList<ScratchCommit> commits,
        IReadOnlyDictionary<string, IReadOnlyList<TreeChange>> changes,
        IReadOnlyDictionary<string, long> sizes,
        CancellationToken cancellationToken
    )
    {
        var inBlobs = await ScanBlobsAsync(changes.Values.SelectMany(list => list), sizes, cancellationToken);
        var olds = changes
            .Values.SelectMany(list => list)
            .Where(change => inBlobs.ContainsKey((change.NewId, change.Path)) && change.OldMode != 0)
            .ToList();
        var known = await KnownAsync(olds, cancellationToken);
        List<ReviewFinding> findings = [];
        HashSet<(BytePath? Path, string Digest)> seen = [];
        foreach (var commit in commits)
        {
            foreach (var found in scanner.ScanText($"{commit.Author}\n{commit.AuthorEmail}\n{commit.Message}").Where(Counts))
            {
                if (seen.Add((null, found.Digest)))
                {
                    findings.Add(
                        new ReviewFinding(FindingKind.Token, null, commit.Id, $"holds a {found.Title} ({found.Redacted})")
                    );
                }
            }

            foreach (var change in changes.GetValueOrDefault(commit.Id, []))
            {
                var before = known.GetValueOrDefault(change.OldId, []);
                foreach (
                    var found in inBlobs
                        .GetValueOrDefault((change.NewId, change.Path), [])
                        .Where(found => !before.Contains(found.Digest) && seen.Add((change.Path, found.Digest)))
                )
                {
                    findings.Add(
                        new ReviewFinding(
                            FindingKind.Token,
                            change.Path,
                            commit.Id,
                            $"holds a {found.Title} ({found.Redacted}) in line {found.Line}"
                        )
                    );
                }
            }
        }

        return findings;
    }

    private static bool Counts(SecretFinding finding) => finding.Tier == SecretTier.Provider;

    private async Task<Dictionary<(string Blob, BytePath Path), IReadOnlyList<SecretFinding>>> ScanBlobsAsync(
        IEnumerable<TreeChange> changes,
        IReadOnlyDictionary<string, long> sizes,
        CancellationToken cancellationToken
    )
    {
        Dictionary<(string Blob, BytePath Path), IReadOnlyList<SecretFinding>> found = [];
        var pathsOf = changes
            .Where(change => change.HasNewBlob && sizes.GetValueOrDefault(change.NewId, long.MaxValue) <= LargestBlobBytes)
            .ToLookup(change => change.NewId, change => change.Path, StringComparer.Ordinal);
        foreach (var batch in Batches(pathsOf.Select(group => group.Key), sizes))
        {
            foreach (var (blob, content) in await scratch.ContentsAsync(batch, cancellationToken))
            {
                foreach (var path in pathsOf[blob].Distinct())
                {
                    if (scanner.ScanBlob(path.Bytes, content.Span).Where(Counts).ToList() is { Count: > 0 } hits)
                    {
                        found[(blob, path)] = hits;
                    }
                }
            }
        }

        return found;
    }

    // A token that stood in the file before is no news; whoever moves it to another file is told.
    private async Task<Dictionary<string, HashSet<string>>> KnownAsync(
        List<TreeChange> changes,
        CancellationToken cancellationToken
    )
    {
        Dictionary<string, HashSet<string>> known = new(StringComparer.Ordinal);
        var ids = changes.Select(change => change.OldId).Distinct().ToList();
        var sizes = await scratch.SizesAsync(ids, cancellationToken);
        var pathOf = changes.ToLookup(change => change.OldId, change => change.Path, StringComparer.Ordinal);
        foreach (var batch in Batches(ids.Where(id => sizes.GetValueOrDefault(id, long.MaxValue) <= LargestBlobBytes), sizes))
        {
            foreach (var (blob, content) in await scratch.ContentsAsync(batch, cancellationToken))
            {
                known[blob] =
                [
                    .. pathOf[blob]
                        .SelectMany(path => scanner.ScanBlob(path.Bytes, content.Span))
                        .Where(Counts)
                        .Select(found => found.Digest),
                ];
            }
        }

        return known;
    }

    private static IEnumerable<List<string>> Batches(IEnumerable<string> blobs, IReadOnlyDictionary<string, long> sizes)
    {
        List<string> batch = [];
        var bytes = 0L;
        foreach (var blob in blobs)
        {
            var size = sizes.GetValueOrDefault(blob);
            if (batch.Count > 0 && bytes + size > BatchBytes)
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }

            batch.Add(blob);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
