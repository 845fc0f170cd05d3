using Coop.Native;
using Coop.Processes;

namespace Coop.Guest;

/// <summary>
/// A terminal of the box's own for engines that make none: the box's programs see a pseudo terminal in their own <c>/dev/pts</c>, never the host's,
/// and this relays bytes between the two.
/// </summary>
internal sealed class BoxTerminal : IDisposable
{
    private const int HostInput = 0;

    // The terminal itself, by whatever standard stream still leads to it: the command's echo belongs there.
    private readonly int hostOutput =
        Unistd.isatty(1) == 1 ? 1
        : Unistd.isatty(2) == 1 ? 2
        : HostInput;
    private readonly byte[] hostSettings;
    private readonly byte[] buffer = new byte[32 * 1024];
    private readonly int master;

    private BoxTerminal(byte[] hostSettings, int master, int slave)
    {
        this.hostSettings = hostSettings;
        this.master = master;
        Slave = slave;
    }

    public int Slave { get; }

    public int Master => master;

    /// <summary>Makes the terminal, gives it the host's size and makes it this process's controlling one. Null when the host side is no terminal or none can be made.</summary>
    public static BoxTerminal? Open()
    {
        if (Termios.Save(HostInput) is not { } settings || PseudoTerminal.Open() is not { } pair)
        {
            return null;
        }

        _ = Unistd.setsid();
        if (!PseudoTerminal.Control(pair.Slave))
        {
            return null;
        }

        BoxTerminal terminal = new(settings, pair.Master, pair.Slave);
        if (Termios.SizeOf(HostInput) is { } size)
        {
            Termios.Resize(pair.Master, size);
        }

        terminal.BecomeTransparent();
        return terminal;
    }

    /// <summary>What the command gets: the box's terminal, but where the user redirected an output, that.</summary>
    public IReadOnlyList<PassedDescriptor> ForCommand() =>
        [new(Slave, 0), new(Unistd.isatty(1) == 1 ? Slave : 1, 1), new(Unistd.isatty(2) == 1 ? Slave : 2, 2)];

    /// <summary>The host's terminal passes every key through; its line discipline is the box's business now.</summary>
    public void BecomeTransparent() => Termios.MakeRaw(HostInput, hostSettings);

    /// <summary>Host to box, once. False at the end of the host's input.</summary>
    public bool RelayInput() => Relay(HostInput, master);

    /// <summary>Box to host, once. False when no process of the box holds the terminal any more.</summary>
    public bool RelayOutput() => Relay(master, hostOutput);

    /// <summary>Hands over what the box's programs printed last; they have ended, so it is already there.</summary>
    public void Drain()
    {
        Span<PollEntry> entries = [new(master, Poll.POLLIN)];
        while (Poll.Wait(entries, 0) > 0 && (entries[0].Received & Poll.POLLIN) != 0 && RelayOutput()) { }
    }

    public void Dispose()
    {
        Termios.Restore(HostInput, hostSettings);
        _ = Unistd.close(Slave);
        _ = Unistd.close(master);
    }

    private bool Relay(int from, int to)
    {
        var count = Descriptor.Read(from, buffer);
        return count > 0 && Descriptor.WriteAll(to, buffer.AsSpan(0, count)) == 0;
    }
}
