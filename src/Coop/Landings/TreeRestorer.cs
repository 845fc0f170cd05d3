using Coop.Clones;
using Coop.Errors;
using Coop.Native;
using Coop.Storage;

namespace Coop.Landings;

/// <summary>
/// Brings the files of a half-done landing to one of its two commits. A file that is neither the one nor the other (half-written, or edited since) is set aside,
/// never overwritten.
/// </summary>
/// <param name="rescue">A directory that does not exist yet; made when first needed.</param>
internal sealed unsafe class TreeRestorer(BytePath root, bool isSha256, BytePath rescue)
{
    private readonly List<BytePath> rescued = [];

    /// <summary>What was set aside, relative to the root.</summary>
    public IReadOnlyList<BytePath> Rescued => rescued;

    /// <summary>Removes and sets aside what is wrong, and returns what must be written from the index.</summary>
    /// <param name="changes">From the commit the landing began at to the one it goes to.</param>
    /// <param name="forward">To the second commit; else back to the first.</param>
    public IReadOnlyList<BytePath> Clear(IReadOnlyList<TreeChange> changes, bool forward)
    {
        List<BytePath> missing = [];
        using var top = OpenTree.OpenRoot(root);
        foreach (var change in changes)
        {
            var (mode, id) = forward ? (change.NewMode, change.NewId) : (change.OldMode, change.OldId);
            var (otherMode, otherId) = forward ? (change.OldMode, change.OldId) : (change.NewMode, change.NewId);
            if (IsSubmodule(mode) || IsSubmodule(otherMode))
            {
                // git moves no submodule's checkout either.
                continue;
            }

            var there = Look(change.Path);
            if (mode != 0 && there.Is(mode, id))
            {
                continue;
            }

            if (there.Exists)
            {
                if (there.Is(otherMode, otherId))
                {
                    Remove(change.Path);
                }
                else
                {
                    SetAside(change.Path);
                }
            }

            if (mode != 0)
            {
                missing.Add(change.Path);
            }
        }

        return missing;
    }

    private static bool IsSubmodule(int mode) => (mode & 0xF000) == 0xE000;

    private Found Look(BytePath path)
    {
        using var top = OpenTree.OpenRoot(root);
        using var parent = OpenTree.OpenDirectory(top, path.Parent);
        if (parent is null || !OpenTree.TryStat(parent, path.Name, out var status) || status.IsDirectory)
        {
            // A directory in a file's place is made way for by git itself, when it is empty.
            return new Found(false, 0, null);
        }

        var digest = BlobDigest.Of(
            OpenTree.Number(parent),
            path.Name,
            status,
            status.IsLink ? OpenTree.ReadLink(parent, path.Name) : null,
            isSha256
        );
        return new Found(true, status.Mode, digest);
    }

    private void Remove(BytePath path)
    {
        using var top = OpenTree.OpenRoot(root);
        for (var at = path; !at.IsEmpty; at = at.Parent)
        {
            using var parent = OpenTree.OpenDirectory(top, at.Parent);
            if (parent is null)
            {
                return;
            }

            fixed (byte* name = (byte[])[.. at.Name, 0])
            {
                // Directories that were made for the file alone go with it.
                var flags = ReferenceEquals(at, path) ? 0 : FileRemoval.RemoveDirectoryFlag;
                if (FileRemoval.unlinkat(OpenTree.Number(parent), name, flags) != 0)
                {
                    return;
                }
            }
        }
    }

    private void SetAside(BytePath path)
    {
        Directory.CreateDirectory(GitDirectoryWriter.Text(rescue));
        using var top = OpenTree.OpenRoot(root);
        using var parent = OpenTree.OpenDirectory(top, path.Parent);
        using var target = OpenTree.OpenRoot(rescue);
        if (parent is null)
        {
            return;
        }

        fixed (byte* name = (byte[])[.. path.Name, 0])
        fixed (
            byte* kept = (byte[])
                [.. System.Text.Encoding.ASCII.GetBytes($"{rescued.Count}-"), .. path.Name[..Math.Min(path.Name.Length, 200)], 0]
        )
        {
            if (Renaming.renameat(OpenTree.Number(parent), name, OpenTree.Number(target), kept) != 0)
            {
                throw new UserError(
                    $"'{path}' is half-written and cannot be moved away: {Errno.Text(Errno.Last)}.",
                    $"Move it away yourself, then try again: mv '{path}' /tmp/"
                );
            }
        }

        rescued.Add(path);
    }

    private readonly record struct Found(bool Exists, int Mode, string? Digest)
    {
        // Of the permissions git keeps one bit.
        public bool Is(int mode, string id) =>
            Exists
            && mode != 0
            && Digest == id
            && (Mode & 0xF000) == (mode & 0xF000)
            && ((mode & 0xF000) != 0x8000 || ((Mode & 0b001_000_000) != 0) == ((mode & 0b001_000_000) != 0));
    }
}
