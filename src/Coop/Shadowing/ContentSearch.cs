using Coop.Git;
using Coop.Masking;
using Coop.Scanning;
using Coop.Scanning.Detectors;
using Coop.Storage;

namespace Coop.Shadowing;

/// <summary>Finds the files of a repository in which a provider's token or a private key stands, reading only what changed since the last time.</summary>
internal static class ContentSearch
{
    /// <param name="cachePath">Absolute.</param>
    /// <param name="hidesTracked">Files that git tracks are hidden too.</param>
    public static ContentFindings Find(
        RepositoryLocation location,
        string cachePath,
        bool hidesTracked,
        CancellationToken cancellationToken
    )
    {
        var files = ContentWalk.List(location.Root, cancellationToken);
        ContentCache cache = new(cachePath, DetectorCatalog.ReadVersion());
        Dictionary<ulong, string?> known = new(files.Count);
        List<ContentWalk.Candidate> fresh = [];
        List<(BytePath Path, string Kind)> tokens = [];
        foreach (var file in files)
        {
            if (!cache.Knows(file, out var token))
            {
                fresh.Add(file);
                continue;
            }

            known[file.Key] = token;
            if (token is not null)
            {
                tokens.Add((file.Path, token));
            }
        }

        if (fresh.Count > 0)
        {
            Scan(location.Root, fresh, known, tokens, cancellationToken);
            cache.Write(known);
        }

        return tokens.Count == 0 ? ContentFindings.None : Sort(location, tokens, hidesTracked);
    }

    private static void Scan(
        BytePath root,
        List<ContentWalk.Candidate> fresh,
        Dictionary<ulong, string?> known,
        List<(BytePath Path, string Kind)> tokens,
        CancellationToken cancellationToken
    )
    {
        Dictionary<BytePath, ulong> keys = new(fresh.Count);
        foreach (var file in fresh)
        {
            keys[file.Path] = file.Key;
            known[file.Key] = null;
        }

        new FileScanner(SecretScanner.Standard()).Scan(
            root,
            [.. fresh.Select(file => file.Path)],
            scan =>
            {
                if (scan.HasProviderToken)
                {
                    var kind = scan.Findings.First(finding => finding.Tier == SecretTier.Provider).Title;
                    known[keys[scan.Path]] = kind;
                    tokens.Add((scan.Path, kind));
                }
                else if (scan.Trouble is not null)
                {
                    // Not readable for the user, so neither in the box; asked again the next time.
                    known.Remove(keys[scan.Path]);
                }

                return true;
            },
            () => { },
            cancellationToken
        );
    }

    private static ContentFindings Sort(RepositoryLocation location, List<(BytePath Path, string Kind)> tokens, bool hidesTracked)
    {
        var tracked = hidesTracked ? new HashSet<BytePath>() : IndexPaths.Read(location);
        Dictionary<BytePath, HiddenReason> hidden = [];
        List<VisibleToken> visible = [];
        foreach (var (path, kind) in tokens.OrderBy(token => token.Path))
        {
            if (tracked.Contains(path))
            {
                visible.Add(new VisibleToken(path, kind));
            }
            else
            {
                hidden[path] = new HiddenReason(HiddenCause.Content, kind);
            }
        }

        return new ContentFindings(hidden, visible);
    }
}
