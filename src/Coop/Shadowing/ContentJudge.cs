using Coop.Detectors;
using Coop.Masking;
using Coop.Native;
using Coop.Repositories;
using Coop.Scanning;
using Coop.Storage;

namespace Coop.Shadowing;

/// <summary>
/// Finds the files of a repository in which a provider's token or a private key stands, reading only what changed since the last time. One object
/// serves one search.
/// </summary>
/// <param name="cachePath">Absolute.</param>
/// <param name="hidesTracked">Files that git tracks are hidden too, instead of being named.</param>
internal sealed class ContentJudge(RepositoryLocation location, string cachePath, bool hidesTracked) : IContentJudge
{
    // Larger files are data: reading them would hold up every start after they change.
    private const long LargestBytes = 16 << 20;

    // Read while the tree is walked.
    private readonly Task<ContentCache> reading = Task.Run(() => new ContentCache(cachePath, DetectorCatalog.ReadVersion()));

    private ContentCache Cache => reading.GetAwaiter().GetResult();

    /// <summary>After a search: files that git tracks, which stay visible although a token stands in them; sorted.</summary>
    public IReadOnlyList<VisibleToken> Visible { get; private set; } = [];

    /// <summary>Not into directories called <c>.git</c>: git's objects are compressed.</summary>
    public bool LooksInto(BytePath directory)
    {
        var bytes = directory.Bytes;
        foreach (var range in bytes.Split((byte)'/'))
        {
            if (bytes[range].SequenceEqual(".git"u8))
            {
                return false;
            }
        }

        return true;
    }

    public bool IsKnownClean(ReadOnlySpan<byte> name, FileStatus status) =>
        status.Size is 0 or > LargestBytes || (Cache.Knows(name, status, out var token) && token is null);

    public IReadOnlyDictionary<BytePath, HiddenReason> Judge(
        IReadOnlyList<(BytePath Path, FileStatus Status)> files,
        CancellationToken cancellationToken
    )
    {
        List<(BytePath Path, string Kind)> tokens = [];
        Dictionary<BytePath, FileStatus> fresh = [];
        foreach (var (path, status) in files)
        {
            if (!Cache.Knows(path.Name, status, out var token))
            {
                fresh[path] = status;
            }
            else if (token is not null)
            {
                tokens.Add((path, token));
            }
        }

        if (fresh.Count > 0)
        {
            Scan(fresh, tokens, cancellationToken);
        }

        return tokens.Count == 0 ? new Dictionary<BytePath, HiddenReason>() : Sort(tokens);
    }

    private void Scan(
        Dictionary<BytePath, FileStatus> fresh,
        List<(BytePath Path, string Kind)> tokens,
        CancellationToken cancellationToken
    )
    {
        // Not readable for the user, so neither in the box; asked again the next time.
        HashSet<BytePath> unread = [];
        Dictionary<BytePath, string> found = [];
        new FileScanner(SecretScanner.Standard()).Scan(
            location.Root,
            [.. fresh.Keys],
            scan =>
            {
                if (scan.HasProviderToken)
                {
                    found[scan.Path] = scan.Findings.First(finding => finding.Tier == SecretTier.Provider).Title;
                }
                else if (scan.Trouble is not null)
                {
                    unread.Add(scan.Path);
                }

                return true;
            },
            () => { },
            cancellationToken
        );
        tokens.AddRange(found.Select(token => (token.Key, token.Value)));
        foreach (var (path, status) in fresh.Where(file => !unread.Contains(file.Key)))
        {
            Cache.Add(path.Name, status, found.GetValueOrDefault(path));
        }

        Cache.Write();
    }

    private Dictionary<BytePath, HiddenReason> Sort(List<(BytePath Path, string Kind)> tokens)
    {
        IReadOnlySet<BytePath> tracked = hidesTracked ? new HashSet<BytePath>() : IndexFile.ReadPaths(location);
        Visible =
        [
            .. tokens
                .Where(token => tracked.Contains(token.Path))
                .Select(token => new VisibleToken(token.Path, token.Kind))
                .OrderBy(token => token.Path),
        ];
        return tokens
            .Where(token => !tracked.Contains(token.Path))
            .ToDictionary(token => token.Path, token => new HiddenReason(HiddenCause.Content, token.Kind));
    }
}
