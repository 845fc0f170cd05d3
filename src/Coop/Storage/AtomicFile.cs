using System.Text;
using Coop.Native;

namespace Coop.Storage;

/// <summary>
/// Replaces files of Coop's own: a reader sees the old content or the new, also after a crash. Written beside, flushed to the disk,
/// renamed over; readable for the owner alone.
/// </summary>
internal static unsafe class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file, and makes the directories above it, which only the owner may enter.</summary>
    /// <param name="path">Absolute; a link there is replaced, not followed.</param>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
                BufferSize = 0,
            };
            using (var file = new FileStream(temporary, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        SyncDirectory(directory);
    }

    /// <summary>As <see cref="Write(string, ReadOnlySpan{byte})"/>, as UTF-8.</summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    // The rename itself lies in the directory. Some file systems cannot flush one; the content is safe then all the same.
    private static void SyncDirectory(string directory)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(directory + "\0"))
        {
            var descriptor = Fcntl.OpenAt(Fcntl.AT_FDCWD, name, Fcntl.O_RDONLY | Fcntl.O_DIRECTORY | Fcntl.O_CLOEXEC, 0);
            if (descriptor >= 0)
            {
                _ = Fcntl.Sync(descriptor);
                _ = Fcntl.Close(descriptor);
            }
        }
    }
}
