namespace Coop.Native;

/// <summary>Reading and writing descriptors whole, with interrupted calls repeated. Errors come back as negative error numbers.</summary>
internal static unsafe class Descriptor
{
    /// <summary>Bytes read, 0 at the end, or a negative error number.</summary>
    public static int Read(int fd, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var count = Unistd.read(fd, start, (nuint)buffer.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                if (Errno.Last != Errno.EINTR)
                {
                    return -Errno.Last;
                }
            }
        }
    }

    /// <summary>Writes all of it; 0 when done, or a negative error number.</summary>
    public static int WriteAll(int fd, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var done = 0;
            while (done < bytes.Length)
            {
                var count = Unistd.write(fd, start + done, (nuint)(bytes.Length - done));
                if (count >= 0)
                {
                    done += (int)count;
                }
                else if (Errno.Last == Errno.EAGAIN)
                {
                    // A descriptor shared with a program that made it non-blocking (node does): wait until it takes more.
                    Poll.WaitWritable(fd);
                }
                else if (Errno.Last != Errno.EINTR)
                {
                    return -Errno.Last;
                }
            }
        }

        return 0;
    }

    /// <summary>A pipe whose ends no child inherits: what is read from, what is written to.</summary>
    public static (int Read, int Write) Pipe()
    {
        var ends = stackalloc int[2];

        // In one call where there is one: a program started by another thread in between would hold the ends open.
        if ((OperatingSystem.IsLinux() ? Unistd.pipe2(ends, Fcntl.O_CLOEXEC) : Unistd.pipe(ends)) != 0)
        {
            throw new IOException($"No pipe could be made: {Errno.Text(Errno.Last)}.");
        }

        CloseOnExec(ends[0]);
        CloseOnExec(ends[1]);
        return (ends[0], ends[1]);
    }

    public static void CloseOnExec(int fd) => _ = FileControl.fcntl(fd, FileControl.F_SETFD, FileControl.FD_CLOEXEC);

    /// <summary>Reads, writes and connections return at once instead of waiting.</summary>
    public static void DoNotWait(int fd) =>
        _ = FileControl.fcntl(fd, FileControl.F_SETFL, OperatingSystem.IsMacOS() ? 0x0004 : 0x800);
}
