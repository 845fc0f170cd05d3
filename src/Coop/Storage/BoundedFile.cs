using Coop.Native;

namespace Coop.Storage;

/// <summary>Reads the user's own small files. Links are followed (dotfile managers link them); what is no text file ends as an error, not a hang.</summary>
internal static class BoundedFile
{
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
        using MemoryStream content = new();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var count = Descriptor.Read(fd, buffer);
            switch (count)
            {
                case 0:
                    return content.ToArray();
                case < 0:
                    throw new IOException(-count == Errno.EISDIR ? "is a directory" : $"cannot be read: {Errno.Text(-count)}");
                default:
                    content.Write(buffer, 0, count);
                    break;
            }

            if (content.Length > limitBytes)
            {
                throw new IOException($"is larger than {limitBytes / 1_000_000} MB");
            }
        }
    }
}
