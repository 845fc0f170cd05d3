using System.Text;
using Coop.Errors;
using Coop.Native;
using Microsoft.Win32.SafeHandles;

namespace Coop.Storage;

/// <summary>Writes files of a tree that a box could have written: whole or not at all, never through a link, with the mode that the file had.</summary>
internal static class TreeFile
{
    private const uint Ordinary = 0b110_100_100;
    private const int MostNames = 99;
    private const uint Permissions = 0b111_111_111;

    /// <param name="path">Relative to the root; the directory above it is made when it is not there.</param>
    /// <param name="owner">Who gets it; null leaves it the caller's.</param>
    /// <exception cref="UserError">A part of the path is a link, or a directory is in the place.</exception>
    public static void Write(BytePath root, BytePath path, ReadOnlySpan<byte> content, (uint Uid, uint Gid)? owner)
    {
        var status = FileQuestion.StatusOfLink(CString.From(root.Join(path).Bytes));
        if (status is { IsDirectory: true })
        {
            throw new UserError($"'{path}' is a directory, not a regular file.", "Move it out of the way.");
        }

        var mode = status is { IsRegular: true } regular ? (uint)regular.Mode & Permissions : Ordinary;
        SafeWriter.Replace(root, path, content, mode, owner);
    }

    /// <summary>Renames what is in the way of a file: a directory in its place, or something else in that of a directory above it.</summary>
    /// <param name="path">Relative to the root.</param>
    /// <returns>Whether something was in the way and lies beside it now, under a name of its own.</returns>
    public static bool TryMoveAside(BytePath root, BytePath path)
    {
        using var top = OpenTree.OpenRoot(root);
        for (var part = path; !part.IsEmpty; part = part.Parent)
        {
            using var parent = OpenTree.OpenDirectory(top, part.Parent);
            if (
                parent is not null
                && OpenTree.TryStat(parent, part.Name, out var status)
                && status.IsDirectory == part.Equals(path)
            )
            {
                return TryMoveAside(parent, part.Name);
            }
        }

        return false;
    }

    private static unsafe bool TryMoveAside(SafeFileHandle parent, ReadOnlySpan<byte> name)
    {
        for (var number = 1; number <= MostNames; number++)
        {
            byte[] aside = [.. name, .. Encoding.ASCII.GetBytes($".aside-{number}")];
            if (!OpenTree.TryStat(parent, aside, out _))
            {
                using CStringArray names = new([CString.From(name), CString.From(aside)]);
                var directory = OpenTree.Number(parent);
                return Renaming.renameat(directory, names.Pointer[0], directory, names.Pointer[1]) == 0;
            }
        }

        return false;
    }
}
