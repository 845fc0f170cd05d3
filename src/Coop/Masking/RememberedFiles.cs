using Coop.Formats;
using Coop.Native;
using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.Masking;

/// <summary>
/// Finds, among the files that a walk left visible, those that are remembered: by identity or by their bytes. The only part of a search that
/// asks the kernel about every file (about 1 µs each), so it runs on several threads, and not at all without a memory. Templates and public keys
/// are not compared by their bytes: a fresh <c>.env</c> often equals its <c>.env.example</c>.
/// </summary>
internal sealed class RememberedFiles(TreeIndex index, HiddenMemory memory, SafeFileHandle root)
{
    private const int MostThreads = 4;

    // In directories.
    private const int PartSize = 256;

    // In files; a smaller tree is asked sooner than a second thread has started.
    private const int ThreadsFrom = 20_000;

    /// <summary>The files in the order of the index, with the reason to hide each.</summary>
    public IReadOnlyList<(int File, FileStatus Status, HiddenReason Reason)> Find(CancellationToken cancellationToken)
    {
        if (!memory.HasPaths)
        {
            return [];
        }

        var parts = new List<Candidate>[(index.DirectoryCount + PartSize - 1) / PartSize];
        var options = new ParallelOptions
        {
            CancellationToken = cancellationToken,
            MaxDegreeOfParallelism = index.Files.Length < ThreadsFrom ? 1 : Math.Min(MostThreads, Environment.ProcessorCount),
        };
        Parallel.For(0, parts.Length, options, part => parts[part] = Look(part * PartSize));
        var found = new List<(int File, FileStatus Status, HiddenReason Reason)>();
        foreach (var directory in parts.SelectMany(part => part).GroupBy(candidate => index.Files[candidate.File].Directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var place = OpenTree.OpenDirectory(root, index.PathOfDirectory(directory.Key));
            foreach (var candidate in directory)
            {
                if (memory.FindIdentity(candidate.Status) is { } same)
                {
                    found.Add((candidate.File, candidate.Status, same.ReasonNow));
                }
                else if (place is not null && FindContent(place, candidate) is { } equal)
                {
                    found.Add((candidate.File, candidate.Status, equal.ReasonNow with { Cause = HiddenCause.RememberedContent }));
                }
            }
        }

        return found;
    }

    private List<Candidate> Look(int first)
    {
        var candidates = new List<Candidate>();
        for (var directory = first; directory < Math.Min(first + PartSize, index.DirectoryCount); directory++)
        {
            var node = index.Directory(directory);
            if (node.FileCount > 0 && node.Mark != FileMark.Hidden)
            {
                Look(directory, node, candidates);
            }
        }

        return candidates;
    }

    private void Look(int directory, TreeIndex.DirectoryNode node, List<Candidate> candidates)
    {
        using var place = OpenTree.OpenDirectory(root, index.PathOfDirectory(directory));
        for (var number = node.FirstFile; place is not null && number < node.FirstFile + node.FileCount; number++)
        {
            var file = index.Files[number];
            if (
                file is { Type: Dirent.DT_REG, Mark: FileMark.Visible }
                && (memory.HasSizes || memory.HasInode(file.Inode))
                && OpenTree.TryStat(place, index.Name(file.Name), out var status)
                && status.IsRegular
                && (memory.HasInode(status.Inode) || memory.HasSize(status.Size))
            )
            {
                candidates.Add(new Candidate(number, status));
            }
        }
    }

    private RememberedPath? FindContent(SafeFileHandle directory, Candidate candidate)
    {
        var name = index.Name(index.Files[candidate.File].Name);
        return
            memory.HasSize(candidate.Status.Size)
            && !PathRules.IsTemplate(NameFold.Fold(name))
            && FileDigest.TryOf(directory, name, out var size) is { } digest
            ? memory.FindContent(size, digest)
            : null;
    }

    private sealed record Candidate(int File, FileStatus Status);
}
