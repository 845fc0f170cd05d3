using System.Globalization;
using Coop.Formats;
using Coop.Native;

namespace Coop.Guest;

/// <summary>Waits for everything at once: the command, the host, and the terminal that is relayed.</summary>
/// <param name="command">The command's process, which leads a group of its own.</param>
/// <param name="terminal">Its terminal; null without one.</param>
/// <param name="made">The relayed terminal; null when the engine made one, or there is none.</param>
/// <param name="line">Null when the box runs alone.</param>
internal sealed class InitLoop(int command, int? terminal, BoxTerminal? made, Lifeline? line)
{
    private const int HostInput = 0;

    private readonly ChildEvents events = new(command);
    private bool isStopped;

    /// <summary>The command's exit code, or 125 when the host went away first.</summary>
    public int Run()
    {
        Span<PollEntry> entries =
        [
            new(events.ReadyDescriptor, Poll.POLLIN),
            new(line?.Descriptor ?? -1, Poll.POLLIN),
            new(made is null ? -1 : HostInput, Poll.POLLIN),
            new(made?.Master ?? -1, Poll.POLLIN),
        ];
        while (true)
        {
            Poll.Wait(entries, -1);
            if (entries[3].HasNews && !made!.RelayOutput())
            {
                entries[3] = entries[3] with { Descriptor = -1 };
            }

            if (entries[2].HasNews && !isStopped && !made!.RelayInput())
            {
                entries[2] = entries[2] with { Descriptor = -1 };
            }

            if (entries[1].HasNews && !Listen())
            {
                return GuestExit.BoxBroken;
            }

            if (entries[0].HasNews && Ended(events.Take()) is { } code)
            {
                return code;
            }
        }
    }

    private int? Ended(int status)
    {
        if (!Wait.IsStopped(status))
        {
            made?.Drain();
            var code = Wait.ExitCode(status);
            line?.Send(string.Create(CultureInfo.InvariantCulture, $"{GuestProtocol.Exit} {code}"));
            return code;
        }

        if (Wait.StopSignal(status) is Signals.SIGTTIN or Signals.SIGTTOU || line is null)
        {
            // It touched the terminal before it owned it, or nobody is there who could continue it later.
            GoOn();
            return null;
        }

        isStopped = true;
        line.Send(GuestProtocol.Stopped);
        return null;
    }

    private bool Listen()
    {
        if (!line!.Fill())
        {
            return false;
        }

        while (line.TakeLine() is { } text)
        {
            Obey(text.Split(' '));
        }

        return true;
    }

    private void Obey(string[] words)
    {
        switch (words)
        {
            case [GuestProtocol.Continue]:
                isStopped = false;
                made?.BecomeTransparent();
                GoOn();
                break;
            case [GuestProtocol.Signal, var number] when int.TryParse(number, CultureInfo.InvariantCulture, out var signal):
                _ = Signals.kill(-command, signal);
                break;
            case [GuestProtocol.Resize, var rows, var columns]:
                TerminalSize.Set(terminal, rows, columns);
                break;
            default:
                // A newer Coop may say more; what this one does not know changes nothing in the box.
                break;
        }
    }

    private void GoOn()
    {
        if (terminal is { } fd)
        {
            _ = Unistd.tcsetpgrp(fd, command);
        }

        _ = Signals.kill(-command, Signals.Continue);
    }
}
