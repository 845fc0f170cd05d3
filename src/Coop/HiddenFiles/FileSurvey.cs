using System.Runtime.InteropServices;
using Coop.Masking;
using Coop.Native;
using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.HiddenFiles;

/// <summary>
/// Asks the kernel once about every file that a walk left visible, for all who must know more of it than its name: the memory and the judge of
/// contents. The only part of a search that asks about every file (about 1 µs each), so it goes on beside the walk in a thread of its own, and not at all
/// when nobody asks. One object serves one search.
/// </summary>
/// <param name="content">Null when contents hide nothing.</param>
/// <param name="root">Of the tree; open until this object is disposed.</param>
internal sealed class FileSurvey(
    HiddenMemory memory,
    IContentJudge? content,
    SafeFileHandle root,
    CancellationToken cancellationToken
) : IDisposable
{
    // In files: a smaller tree is asked sooner than a second thread has started.
    private const int PartSize = 1_000;

    private readonly List<Lazy<List<SurveyedFile>>> parts = [];
    private readonly bool hasNothingToAsk = content is null && !memory.HasPaths;
    private int handedOut;
    private volatile bool isOver;

    /// <summary>Called by the walk after each directory, when all files of it have been added and judged by their names.</summary>
    public void Offer(TreeIndex index)
    {
        if (hasNothingToAsk || index.FileCount - handedOut < PartSize)
        {
            return;
        }

        var part = HandOut(index);
        _ = Task.Run(() => part.Value, CancellationToken.None);
    }

    /// <summary>The files that the memory or the judge may hide, in the order of the index. Called once, after the walk.</summary>
    public IReadOnlyList<SurveyedFile> Finish(TreeIndex index)
    {
        if (hasNothingToAsk)
        {
            return [];
        }

        HandOut(index);

        // From the end, towards the other thread.
        for (var part = parts.Count - 1; part >= 0; part--)
        {
            _ = parts[part].Value;
        }

        return [.. parts.SelectMany(part => part.Value)];
    }

    /// <summary>Waits until no thread looks any more; after <see cref="Finish"/> none does.</summary>
    public void Dispose()
    {
        isOver = true;
        foreach (var part in parts.Where(part => !part.IsValueCreated))
        {
            try
            {
                _ = part.Value;
            }
            catch (OperationCanceledException)
            {
                // Who cancels is told by the walk.
                continue;
            }
        }
    }

    private Lazy<List<SurveyedFile>> HandOut(TreeIndex index)
    {
        var (seen, from) = (index.Now, handedOut);
        handedOut = index.FileCount;
        var part = new Lazy<List<SurveyedFile>>(() => Look(seen, from));
        parts.Add(part);
        return part;
    }

    private List<SurveyedFile> Look(TreeIndex.View seen, int from)
    {
        List<SurveyedFile> found = [];
        SafeFileHandle? place = null;
        IContentJudge? judge = null;
        var placeOf = -1;
        try
        {
            for (var number = from; number < seen.Files.Length && !isOver; number++)
            {
                ref readonly var file = ref seen.Files[number];
                if (file is not { Type: Dirent.DT_REG, Mark: FileMark.Visible })
                {
                    continue;
                }

                if (placeOf != file.Directory)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    placeOf = file.Directory;
                    var path = seen.PathOfDirectory(placeOf);
                    place?.Dispose();
                    place = OpenTree.OpenDirectory(root, path);
                    judge = content is not null && content.LooksInto(path) ? content : null;
                }

                if (
                    place is not null
                    && Ask(place, seen.Name(file.Name), file.Inode, judge) is var (status, mayBeRemembered, mayHoldSecret)
                )
                {
                    found.Add(new SurveyedFile(number, status, mayBeRemembered, mayHoldSecret));
                }
            }
        }
        finally
        {
            place?.Dispose();
        }

        return found;
    }

    private (FileStatus Status, bool MayBeRemembered, bool MayHoldSecret)? Ask(
        SafeFileHandle place,
        ReadOnlySpan<byte> name,
        ulong inode,
        IContentJudge? judge
    )
    {
        if (
            !(judge is not null || memory.HasSizes || memory.HasInode(inode))
            || !OpenTree.TryStat(place, name, out var status)
            || !status.IsRegular
        )
        {
            return null;
        }

        var mayBeRemembered = memory.HasInode(status.Inode) || memory.HasSize(status.Size);
        var mayHoldSecret = judge is not null && !judge.IsKnownClean(name, status);
        return mayBeRemembered || mayHoldSecret ? (status, mayBeRemembered, mayHoldSecret) : null;
    }

    /// <param name="Number">In the index.</param>
    /// <param name="MayBeRemembered">By its identity or its bytes.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct SurveyedFile(int Number, FileStatus Status, bool MayBeRemembered, bool MayHoldSecret);
}
