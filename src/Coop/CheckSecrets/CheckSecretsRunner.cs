using Coop.Errors;
using Coop.Git;
using Coop.Native;
using Coop.Repositories;
using Coop.Scanning;
using Coop.Shadowing;
using Coop.Storage;

namespace Coop.CheckSecrets;

/// <summary>Scans what is asked for: the files of the tree, what is staged, or the history. Changes nothing.</summary>
internal sealed class CheckSecretsRunner(GitContents git, ScanProgress progress)
{
    private readonly SecretScanner scanner = SecretScanner.Standard();

    /// <summary>The files of the tree.</summary>
    /// <exception cref="UserError">A path is not there.</exception>
    public async Task<FoundSecrets> ScanTreeAsync(
        RepositoryLocation location,
        CheckSecretsOptions options,
        CancellationToken cancellationToken
    )
    {
        FoundSecrets found = new();
        var files = await ListAsync(location, options, found, cancellationToken);
        if (found.Unread.Count > 0 && !options.KeepGoing)
        {
            return found;
        }

        progress.Start(files.Count);
        new FileScanner(scanner).Scan(
            location.Root,
            files,
            scan =>
            {
                found.Add(scan);
                return scan.Trouble is null || options.KeepGoing;
            },
            progress.Step,
            cancellationToken
        );
        progress.End();
        found.Scanned = files.Count;
        return found;
    }

    /// <summary>What the next commit brings. A comment that allows a value counts only where HEAD has it already.</summary>
    public async Task<FoundSecrets> ScanStagedAsync(
        RepositoryLocation location,
        CheckSecretsOptions options,
        CancellationToken cancellationToken
    )
    {
        FoundSecrets found = new();
        var blobs = (await git.ListStagedAsync(location.Root, cancellationToken))
            .Where(blob => IsAsked(blob.Path, options))
            .ToList();
        progress.Start(blobs.Count);
        var next = 0;
        git.ReadBlobs(
            location.Root,
            [.. blobs.Select(blob => blob.Id)],
            (_, content) =>
            {
                var blob = blobs[next++];
                progress.Step();
                if (content is null)
                {
                    found.Unread.Add(
                        (blob.Path, $"'{blob.Path}' as it is staged cannot be read from git, or is larger than 64 MiB.")
                    );
                    return;
                }

                found.Add(blob.Path, scanner.ScanBlob(blob.Path.Bytes, content), null);
            },
            cancellationToken
        );
        progress.End();
        found.Scanned = blobs.Count;
        await KeepKnownAllowancesAsync(location.Root, found, cancellationToken);
        return found;
    }

    /// <summary>Every version of every file and every message, oldest first: each value once, at the commit that brought it.</summary>
    public async Task<FoundSecrets> ScanHistoryAsync(
        RepositoryLocation location,
        CheckSecretsOptions options,
        CancellationToken cancellationToken
    )
    {
        FoundSecrets found = new();
        var changes = await git.ReadHistoryAsync(location.Root, cancellationToken);
        Dictionary<string, (GitBlob Blob, int Order)> versions = new(StringComparer.Ordinal);
        for (var order = 0; order < changes.Count; order++)
        {
            foreach (var blob in changes[order].Blobs.Where(blob => IsAsked(blob.Path, options)))
            {
                versions.TryAdd(blob.Id, (blob, order));
            }
        }

        var head = (await git.ListHeadAsync(location.Root, cancellationToken))
            .Select(blob => blob.Id)
            .ToHashSet(StringComparer.Ordinal);
        HashSet<string> atHead = new(StringComparer.Ordinal);
        List<(BytePath Path, SecretFinding Finding, int Order)> all = [];
        progress.Start(versions.Count);
        git.ReadBlobs(location.Root, [.. versions.Keys], (id, content) => Visit(id, content), cancellationToken);
        progress.End();
        if (options.Paths.Count == 0)
        {
            all.AddRange(
                changes.SelectMany(
                    (change, order) => scanner.ScanText(change.Message).Select(finding => (BytePath.Empty, finding, order))
                )
            );
        }

        AddFirsts(found, changes, all, atHead);
        found.Scanned = versions.Count;
        return found;

        void Visit(string id, byte[]? content)
        {
            var (blob, order) = versions[id];
            progress.Step();
            if (content is null)
            {
                found.Unread.Add(
                    (
                        blob.Path,
                        $"'{blob.Path}' in commit {changes[order].Commit[..10]} is missing from this clone, or larger than 64 MiB."
                    )
                );
                return;
            }

            foreach (var finding in scanner.ScanBlob(blob.Path.Bytes, content))
            {
                all.Add((blob.Path, finding, order));
                if (head.Contains(id))
                {
                    atHead.Add(finding.Digest);
                }
            }
        }
    }

    // A value may come again in later versions: the first commit that brought it to a file is told.
    private static void AddFirsts(
        FoundSecrets found,
        IReadOnlyList<GitChange> changes,
        List<(BytePath Path, SecretFinding Finding, int Order)> all,
        HashSet<string> atHead
    )
    {
        foreach (var first in all.OrderBy(one => one.Order).DistinctBy(one => (one.Path, one.Finding.Digest)))
        {
            var change = changes[first.Order];
            CommitPlace place = new(change.Commit, change.AuthorDate, atHead.Contains(first.Finding.Digest), first.Order);
            found.Add(first.Path, [first.Finding], place);
        }
    }

    private async Task KeepKnownAllowancesAsync(BytePath root, FoundSecrets found, CancellationToken cancellationToken)
    {
        foreach (var group in found.All.Where(one => one.Finding.AllowReason is not null).GroupBy(one => one.Path).ToList())
        {
            var before = await git.ReadAtHeadAsync(root, group.Key, cancellationToken) is { } content
                ? scanner.ScanBlob(group.Key.Bytes, content)
                : [];
            var known = before
                .Where(finding => finding.AllowReason is not null)
                .Select(finding => finding.Digest)
                .ToHashSet(StringComparer.Ordinal);
            found.Disallow(group.Where(one => !known.Contains(one.Finding.Digest)));
        }
    }

    private static bool IsAsked(BytePath path, CheckSecretsOptions options) =>
        options.Paths.Count == 0 || options.Paths.Any(asked => path.IsWithin(asked));

    private async Task<IReadOnlyList<BytePath>> ListAsync(
        RepositoryLocation location,
        CheckSecretsOptions options,
        FoundSecrets found,
        CancellationToken cancellationToken
    )
    {
        if (!location.IsRepository)
        {
            return
            [
                .. FileLister
                    .List(location.Root, BytePath.Empty, found.Unread, cancellationToken)
                    .Where(path => IsAsked(path, options)),
            ];
        }

        List<string> warnings = [];
        var listed = await git.ListFilesAsync(location.Root, options.All, warnings, cancellationToken);
        found.Unread.AddRange(warnings.Select(line => (BytePath.Empty, $"git: {Terminal.PlainText.CleanLine(line)}.")));
        List<BytePath> files = [];
        foreach (var path in listed.Where(path => IsAsked(path, options)))
        {
            if (path.Bytes is [.., (byte)'/'])
            {
                var directory = BytePath.From(path.Bytes.TrimEnd((byte)'/'));
                files.AddRange(FileLister.List(location.Root, directory, found.Unread, cancellationToken));
            }
            else
            {
                files.Add(path);
            }
        }

        // What the user names is scanned also where git ignores it.
        foreach (var asked in options.Paths.Where(asked => !files.Any(file => file.IsWithin(asked))))
        {
            var isDirectory = FileQuestion.StatusOfLink(CString.From(location.Root.Join(asked).Bytes)) is { IsDirectory: true };
            files.AddRange(isDirectory ? FileLister.List(location.Root, asked, found.Unread, cancellationToken) : [asked]);
        }

        return files;
    }
}
