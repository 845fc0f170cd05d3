using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.HiddenFiles;

/// <summary>
/// The digest of a file's bytes, in hexadecimal; compared at equal size only. Of a file beyond 2 MiB the first and last MiB count, so that a
/// digest costs no more than that: two such files that differ only between are taken for one, which hides rather too much.
/// </summary>
internal static class FileDigest
{
    private const int Part = 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="size">Its size at that time, in bytes.</param>
    /// <returns>null when it is not there, not regular, or must not be read: then a box that runs as the same user cannot read it either.</returns>
    public static string? TryOf(SafeFileHandle directory, ReadOnlySpan<byte> name, out long size)
    {
        using var file = SafeFile.TryOpen(OpenTree.Number(directory), name, out var status);
        size = status.Size;
        return file is null ? null : Of(file, size);
    }

    private static string Of(SafeFileHandle file, long size)
    {
        using Digest hash = new();
        if (size <= 2 * Part)
        {
            Append(hash, file, 0, (int)size);
        }
        else
        {
            Append(hash, file, 0, Part);
            Append(hash, file, size - Part, Part);
        }

        return hash.Finish();
    }

    private static void Append(Digest hash, SafeFileHandle file, long offset, int count)
    {
        var buffer = new byte[Math.Min(count, 64 * 1024)];
        while (count > 0)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, Math.Min(count, buffer.Length)), offset);
            if (read == 0)
            {
                return;
            }

            hash.Append(buffer.AsSpan(0, read));
            offset += read;
            count -= read;
        }
    }
}
