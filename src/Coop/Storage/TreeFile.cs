using Coop.Errors;
using Coop.Native;

namespace Coop.Storage;

/// <summary>Writes files of a tree that a box could have written: whole or not at all, never through a link, with the mode that the file had.</summary>
internal static class TreeFile
{
    private const uint Ordinary = 0b110_100_100;
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
}
