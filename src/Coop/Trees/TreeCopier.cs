using System.Collections.Concurrent;
using Coop.Errors;
using Coop.Native;
using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.Trees;

/// <summary>
/// Copies files and links into another tree, sharing blocks where the file system can. Modes and times are kept, links are copied as links; sockets, FIFOs and
/// devices are left out.
/// </summary>
/// <param name="isLeftOut">Asked for each path relative to the source; true for what does not come along, with all that is in it.</param>
internal sealed unsafe class TreeCopier(BytePath source, BytePath target, Func<BytePath, bool> isLeftOut)
{
    private const uint OwnerOnly = 0b111_000_000;

    /// <summary>Files copied, of which some share their blocks with the original.</summary>
    public (int Copied, int Shared) Count => (copied, shared);

    private int copied;
    private int shared;

    /// <summary>Copies one path with all that is in it; a path that is gone is passed over.</summary>
    /// <param name="path">Relative to both; its parent need not exist in the target.</param>
    public void Copy(BytePath path, CancellationToken cancellationToken)
    {
        SafeDirectory.Make(target, path.Parent, isOpen: true, owner: null);
        using var top = OpenTree.OpenRoot(source);
        using var parent = OpenTree.OpenDirectory(top, path.Parent);
        if (parent is null || !OpenTree.TryStat(parent, path.Name, out var status) || isLeftOut(path))
        {
            return;
        }

        if (!status.IsDirectory)
        {
            using var into = Open(path.Parent);
            CopyOne(OpenTree.Number(parent), into, path.Name, status);
            return;
        }

        Listing listing = new(path, isLeftOut);
        TreeWalker.Walk(source.Join(path), 0, listing, cancellationToken);
        foreach (var directory in listing.Directories)
        {
            SafeDirectory.Make(target, path.Join(directory), isOpen: true, owner: null);
        }

        Parallel.ForEach(
            Partitioner.Create(listing.Directories, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            directory => CopyFiles(path.Join(directory), listing.Files[directory])
        );
        foreach (var directory in Enumerable.Reverse(listing.Directories))
        {
            CopyMode(path.Join(directory));
        }
    }

    private void CopyFiles(BytePath directory, List<byte[]> names)
    {
        using var top = OpenTree.OpenRoot(source);
        using var from = OpenTree.OpenDirectory(top, directory);
        if (from is null)
        {
            return;
        }

        using var into = Open(directory);
        foreach (var name in names)
        {
            if (OpenTree.TryStat(from, name, out var status))
            {
                CopyOne(OpenTree.Number(from), into, name, status);
            }
        }
    }

    private void CopyMode(BytePath directory)
    {
        using var top = OpenTree.OpenRoot(source);
        using var parent = OpenTree.OpenDirectory(top, directory.Parent);
        if (parent is not null && OpenTree.TryStat(parent, directory.Name, out var status))
        {
            using var into = Open(directory.Parent);
            fixed (byte* name = (byte[])[.. directory.Name, 0])
            {
                _ = FileRemoval.fchmodat(OpenTree.Number(into), name, (uint)(status.Mode & 0b111_111_111) | OwnerOnly, 0);
            }
        }
    }

    private SafeFileHandle Open(BytePath directory)
    {
        using var top = OpenTree.OpenRoot(target);
        return OpenTree.OpenDirectory(top, directory) ?? throw Trouble(directory);
    }

    private void CopyOne(int from, SafeFileHandle into, ReadOnlySpan<byte> name, FileStatus status)
    {
        if (status.IsLink)
        {
            CopyLink(from, into, name);
        }
        else if (status.IsRegular)
        {
            CopyFile(from, into, name);
        }
    }

    private static void CopyLink(int from, SafeFileHandle into, ReadOnlySpan<byte> name)
    {
        using SafeFileHandle borrowed = new(from, ownsHandle: false);
        if (OpenTree.ReadLink(borrowed, name) is not { } text)
        {
            return;
        }

        fixed (byte* target = (byte[])[.. text, 0])
        fixed (byte* link = (byte[])[.. name, 0])
        {
            _ = FileRemoval.symlinkat(target, OpenTree.Number(into), link);
        }
    }

    private void CopyFile(int from, SafeFileHandle into, ReadOnlySpan<byte> name)
    {
        using var original = SafeFile.TryOpen(from, name, out var status);
        if (original is null)
        {
            return;
        }

        int made;
        fixed (byte* path = (byte[])[.. name, 0])
        {
            var flags = Fcntl.O_WRONLY | Fcntl.O_CREAT | Fcntl.O_EXCL | Fcntl.O_NOFOLLOW | Fcntl.O_CLOEXEC;
            made = Fcntl.OpenAt(OpenTree.Number(into), path, flags, OwnerOnly);
        }

        if (made < 0)
        {
            throw Trouble(BytePath.From(name));
        }

        using SafeFileHandle copy = new(made, ownsHandle: true);
        if (FileCloning.TryShare((int)original.DangerousGetHandle(), made))
        {
            Interlocked.Increment(ref shared);
        }
        else
        {
            CopyBytes(original, copy);
        }

        _ = FileMaking.fchmod(made, (uint)(status.Mode & 0b111_111_111));
        var seconds = Math.DivRem(status.Modified, 1_000_000_000, out var nanoseconds);
        var times = stackalloc long[4] { seconds, nanoseconds, seconds, nanoseconds };
        _ = FileMaking.futimens(made, times);
        Interlocked.Increment(ref copied);
    }

    private static void CopyBytes(SafeFileHandle original, SafeFileHandle copy)
    {
        var buffer = new byte[64 * 1024];
        for (long at = 0; ; )
        {
            var count = RandomAccess.Read(original, buffer, at);
            if (count == 0)
            {
                return;
            }

            RandomAccess.Write(copy, buffer.AsSpan(0, count), at);
            at += count;
        }
    }

    private static UserError Trouble(BytePath path) =>
        new($"'{path}' cannot be copied: {Errno.Text(Errno.Last)}.", "See whether the disk has room: df -h .");

    private sealed class Listing(BytePath start, Func<BytePath, bool> isLeftOut) : ITreeVisitor
    {
        public List<BytePath> Directories { get; } = [];

        public Dictionary<BytePath, List<byte[]>> Files { get; } = new(BytePathComparer.Instance);

        public void Visit(TreeDirectory directory)
        {
            var path = BytePath.From(directory.Path);
            Directories.Add(path);
            List<byte[]> files = [];
            foreach (var entry in directory)
            {
                if (isLeftOut(start.Join(path).Join(entry.Name)))
                {
                    continue;
                }

                if (entry.Type == Dirent.DT_DIR)
                {
                    directory.Descend(entry, 0);
                }
                else
                {
                    files.Add(entry.Name.ToArray());
                }
            }

            Files[path] = files;
        }

        // What the user may not read does not come along.
        public void CannotRead(BytePath directory, int tag, int error) { }
    }
}
