using Coop.Errors;
using Coop.Native;

namespace Coop.Runs;

/// <summary>A door on the host at which no box may knock. Whether one did is asked afterwards, from the kernel's own queue: nothing has to run meanwhile.</summary>
internal sealed class HostListener : IDisposable
{
    private readonly int descriptor;

    private HostListener(int descriptor, int port)
    {
        this.descriptor = descriptor;
        Port = port;
    }

    /// <summary>Of 127.0.0.1; 0 for a socket without one.</summary>
    public int Port { get; }

    /// <summary>A connection was made, whatever the box says of it.</summary>
    public bool WasReached
    {
        get
        {
            Span<PollEntry> entries = [new(descriptor, Poll.POLLIN)];
            return Poll.Wait(entries, 0) > 0;
        }
    }

    /// <exception cref="UserError">The machine has no loopback interface, or no room.</exception>
    public static HostListener OnLoopback()
    {
        var (made, port) = InternetSocket.ListenOnLoopback();
        return made >= 0
            ? new HostListener(made, port)
            : throw new UserError(
                $"No port of 127.0.0.1 can be opened: {Errno.Text(-made)}.",
                "See whether the loopback interface is up: ip address show lo"
            );
    }

    /// <summary>A socket with a name of no file, which only the host's network namespace knows (Linux); null elsewhere.</summary>
    public static HostListener? WithoutFile(string name)
    {
        var made = OperatingSystem.IsLinux() ? LocalSocket.Listen([0, .. System.Text.Encoding.ASCII.GetBytes(name)]) : -1;
        return made >= 0 ? new HostListener(made, 0) : null;
    }

    public void Dispose() => _ = Unistd.close(descriptor);
}
