using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.Shadowing;

/// <summary>Opens files below a root, keeping the last directory open for its next file, and reads them in pieces into one buffer.</summary>
/// <param name="root">Open as long as this reader is used.</param>
internal sealed class PieceReader(SafeFileHandle root, byte[] buffer) : IDisposable
{
    private SafeFileHandle? directory;
    private BytePath? opened;

    /// <summary>The open file; null when it is gone or no regular file.</summary>
    /// <exception cref="Errors.UserError">It may not be read.</exception>
    public SafeFileHandle? Open(BytePath path)
    {
        var parent = path.Parent;
        if (opened is null || !opened.Equals(parent))
        {
            directory?.Dispose();
            directory = OpenTree.OpenDirectory(root, parent);
            opened = parent;
        }

        if (directory is null || !OpenTree.TryStat(directory, path.Name, out var status) || !status.IsRegular)
        {
            return null;
        }

        return SafeFile.Open(OpenTree.Number(directory), path.Name, path, out _);
    }

    /// <summary>The bytes from a place on: the whole buffer, or less at the end of the file.</summary>
    public ReadOnlySpan<byte> Read(SafeFileHandle file, long offset)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var count = RandomAccess.Read(file, buffer.AsSpan(length), offset + length);
            if (count == 0)
            {
                break;
            }

            length += count;
        }

        return buffer.AsSpan(0, length);
    }

    public void Dispose() => directory?.Dispose();
}
