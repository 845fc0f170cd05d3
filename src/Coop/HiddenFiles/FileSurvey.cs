using System.Runtime.InteropServices;
using Coop.Masking;
using Coop.Native;
using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.HiddenFiles;

/// <summary>
/// Asks the kernel once about every file that a walk left visible, for all who must know more of it than its name: the memory and the judge of
/// contents. The only part of a search that asks about every file (about 1 µs each), so it runs on several threads, and not at all when nobody asks.
/// </summary>
/// <param name="content">Null when contents hide nothing.</param>
/// <param name="root">Of the tree; open.</param>
internal sealed class FileSurvey(TreeIndex index, HiddenMemory memory, IContentJudge? content, SafeFileHandle root)
{
    private const int MostThreads = 4;

    // In directories.
    private const int PartSize = 64;

    // In files; a smaller tree is asked sooner than a second thread has started.
    private const int ThreadsFrom = 20_000;

    /// <summary>The files that the memory or the judge may hide, in the order of the index.</summary>
    public IReadOnlyList<SurveyedFile> Find(CancellationToken cancellationToken)
    {
        if (content is null && !memory.HasPaths)
        {
            return [];
        }

        var parts = new List<SurveyedFile>[(index.DirectoryCount + PartSize - 1) / PartSize];
        if (index.Files.Length < ThreadsFrom)
        {
            for (var part = 0; part < parts.Length; part++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                parts[part] = Look(part * PartSize);
            }
        }
        else
        {
            var options = new ParallelOptions
            {
                CancellationToken = cancellationToken,
                MaxDegreeOfParallelism = Math.Min(MostThreads, Environment.ProcessorCount),
            };
            Parallel.For(0, parts.Length, options, part => parts[part] = Look(part * PartSize));
        }

        return [.. parts.SelectMany(part => part)];
    }

    private List<SurveyedFile> Look(int first)
    {
        var found = new List<SurveyedFile>();
        for (var directory = first; directory < Math.Min(first + PartSize, index.DirectoryCount); directory++)
        {
            var node = index.Directory(directory);
            if (node.FileCount > 0 && node.Mark != FileMark.Hidden)
            {
                Look(directory, node, found);
            }
        }

        return found;
    }

    private void Look(int directory, TreeIndex.DirectoryNode node, List<SurveyedFile> found)
    {
        var path = index.PathOfDirectory(directory);
        using var place = OpenTree.OpenDirectory(root, path);
        var judge = content is not null && content.LooksInto(path) ? content : null;
        for (var number = node.FirstFile; place is not null && number < node.FirstFile + node.FileCount; number++)
        {
            var file = index.Files[number];
            if (
                file is not { Type: Dirent.DT_REG, Mark: FileMark.Visible }
                || !(judge is not null || memory.HasSizes || memory.HasInode(file.Inode))
                || !OpenTree.TryStat(place, index.Name(file.Name), out var status)
                || !status.IsRegular
            )
            {
                continue;
            }

            var mayBeRemembered = memory.HasInode(status.Inode) || memory.HasSize(status.Size);
            var mayHoldSecret = judge is not null && !judge.IsKnownClean(index.Name(file.Name), status);
            if (mayBeRemembered || mayHoldSecret)
            {
                found.Add(new SurveyedFile(number, status, mayBeRemembered, mayHoldSecret));
            }
        }
    }

    /// <param name="Number">In the index.</param>
    /// <param name="MayBeRemembered">By its identity or its bytes.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct SurveyedFile(int Number, FileStatus Status, bool MayBeRemembered, bool MayHoldSecret);
}
