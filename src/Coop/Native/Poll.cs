using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>poll.h</c>. The event bits are the same on Linux and macOS.</summary>
internal static unsafe partial class Poll
{
    internal const short POLLIN = 0x0001;
    internal const short POLLOUT = 0x0004;
    internal const short POLLERR = 0x0008;
    internal const short POLLHUP = 0x0010;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(PollEntry* entries, nuint count, int timeout);

    /// <summary>
    /// Waits until an entry has news and fills in its <see cref="PollEntry.Received"/>. Returns the number of entries with news, 0 when
    /// the time is up. Entries with a negative descriptor are passed over.
    /// </summary>
    /// <param name="timeoutMilliseconds">-1 waits for ever.</param>
    public static int Wait(Span<PollEntry> entries, int timeoutMilliseconds)
    {
        fixed (PollEntry* start = entries)
        {
            while (true)
            {
                var ready = poll(start, (nuint)entries.Length, timeoutMilliseconds);
                if (ready >= 0)
                {
                    return ready;
                }

                if (Errno.Last != Errno.EINTR)
                {
                    throw new IOException($"poll failed: {Errno.Text(Errno.Last)}.");
                }
            }
        }
    }

    public static void WaitWritable(int fd)
    {
        Span<PollEntry> entries = [new PollEntry(fd, POLLOUT)];
        Wait(entries, -1);
    }
}
