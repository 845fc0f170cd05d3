using Coop.Native;

namespace Coop.Storage;

/// <summary>Reads the user's own small files. Links are followed (dotfile managers link them); what is no text file ends as an error, not a hang.</summary>
internal static class BoundedFile
{
    private const int SmallBytes = 4 * 1024;

    /// <summary>The file's bytes; null when there is none.</summary>
    /// <param name="limitBytes">A longer file is refused.</param>
    /// <exception cref="IOException">It cannot be read; the message goes behind the path: «is a directory», «is larger than 1 MB».</exception>
    public static byte[]? Read(string path, int limitBytes) => Read(CString.From(path), limitBytes);

    /// <inheritdoc cref="Read(string, int)"/>
    public static byte[]? Read(CString path, int limitBytes)
    {
        // It would wait for a writer, or say nothing, as if there were nothing to obey.
        if (FileQuestion.StatusOf(path) is { IsFifo: true })
        {
            throw new IOException("is a pipe, not a file");
        }

        // Without O_NONBLOCK one that came in between would still wait.
        var fd = FileControl.OpenToRead(path);
        if (fd == -Errno.ENOENT || fd == -Errno.ENOTDIR)
        {
            return null;
        }

        if (fd < 0)
        {
            throw new IOException($"cannot be read: {Errno.Text(-fd)}");
        }

        try
        {
            return ReadAll(fd, limitBytes);
        }
        finally
        {
            _ = Unistd.close(fd);
        }
    }

    private static byte[] ReadAll(int fd, int limitBytes)
    {
        // What it says of its size is a hint: it may grow meanwhile, and files of /proc say nothing.
        var hint =
            Stat.ReadOpen(fd, out var status) == 0
                ? (int)Math.Clamp(status.Size, SmallBytes, Math.Max(SmallBytes, limitBytes))
                : SmallBytes;
        var content = new byte[hint];
        Span<byte> beyond = stackalloc byte[1];
        var length = 0;
        while (true)
        {
            var isFull = length == content.Length;
            var count = Descriptor.Read(fd, isFull ? beyond : content.AsSpan(length));
            switch (count)
            {
                case 0:
                    return isFull ? content : content[..length];
                case < 0:
                    throw new IOException(-count == Errno.EISDIR ? "is a directory" : $"cannot be read: {Errno.Text(-count)}");
                default:
                    break;
            }

            if (isFull)
            {
                Array.Resize(ref content, length * 2);
                content[length] = beyond[0];
            }

            length += count;
            if (length > limitBytes)
            {
                throw new IOException($"is larger than {limitBytes / 1_000_000} MB");
            }
        }
    }
}
