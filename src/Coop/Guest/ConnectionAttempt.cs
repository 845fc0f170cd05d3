using Coop.Formats;
using Coop.Native;

namespace Coop.Guest;

/// <summary>Connections that are tried all at once: where packets vanish, waiting for one address after the other would take seconds.</summary>
internal static class ConnectionAttempt
{
    // Whatever could be the host is near: it answers at once, or packets to it vanish.
    private const int LimitMilliseconds = 400;

    /// <summary>For each address <see cref="GuestProtocol.ProbeReached"/>, or why not.</summary>
    public static IReadOnlyList<string> All(IReadOnlyList<uint> addresses, int port)
    {
        var answers = new string[addresses.Count];
        var entries = new PollEntry[addresses.Count];
        for (var i = 0; i < addresses.Count; i++)
        {
            var fd = InternetSocket.StartConnecting(addresses[i], port);
            entries[i] = new PollEntry(fd < 0 ? -1 : fd, Poll.POLLOUT);
            answers[i] = fd < 0 ? Errno.Text(-fd) : "no answer";
        }

        var until = Environment.TickCount64 + LimitMilliseconds;
        while (entries.Any(entry => entry.Descriptor >= 0) && Environment.TickCount64 < until)
        {
            Poll.Wait(entries, (int)Math.Max(0, until - Environment.TickCount64));
            for (var i = 0; i < entries.Length; i++)
            {
                if (entries[i].Descriptor >= 0 && entries[i].HasNews)
                {
                    var error = InternetSocket.Result(entries[i].Descriptor);
                    answers[i] = error == 0 ? GuestProtocol.ProbeReached : Errno.Text(error);
                    Close(ref entries[i]);
                }
            }
        }

        for (var i = 0; i < entries.Length; i++)
        {
            Close(ref entries[i]);
        }

        return answers;
    }

    private static void Close(ref PollEntry entry)
    {
        if (entry.Descriptor >= 0)
        {
            _ = Unistd.close(entry.Descriptor);
            entry = entry with { Descriptor = -1 };
        }
    }
}
