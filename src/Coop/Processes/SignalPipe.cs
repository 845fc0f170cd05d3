using System.Runtime.InteropServices;
using Coop.Native;

namespace Coop.Processes;

/// <summary>
/// The signals that ask Coop to end, to stop, and to look at the window's new size, as bytes in a pipe: one loop can wait for them together with everything else. The
/// runtime's default (die at once) is off for all of them while this lives.
/// </summary>
internal sealed class SignalPipe : IDisposable
{
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly int readEnd;
    private readonly int writeEnd;

    public SignalPipe()
    {
        (readEnd, writeEnd) = Descriptor.Pipe();
        Register(PosixSignal.SIGINT, Signals.SIGINT);
        Register(PosixSignal.SIGTERM, Signals.SIGTERM);
        Register(PosixSignal.SIGHUP, Signals.SIGHUP);
        Register(PosixSignal.SIGQUIT, Signals.SIGQUIT);
        Register(PosixSignal.SIGWINCH, Signals.WindowChanged);
        Register(PosixSignal.SIGTSTP, Signals.TerminalStop);
    }

    /// <summary>Readable when a signal came: for <c>poll</c>.</summary>
    public int ReadyDescriptor => readEnd;

    /// <summary>The number of the next signal; call it when <see cref="ReadyDescriptor"/> is readable.</summary>
    public int Take()
    {
        Span<byte> one = stackalloc byte[1];
        return Descriptor.Read(readEnd, one) == 1 ? one[0] : 0;
    }

    /// <summary>As if the signal had come from outside: for whoever ends what it has started.</summary>
    /// <param name="signal">One of <see cref="Signals"/>.</param>
    public void Send(int signal) => Descriptor.WriteAll(writeEnd, [(byte)signal]);

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        _ = Unistd.close(readEnd);
        _ = Unistd.close(writeEnd);
    }

    private void Register(PosixSignal signal, int number) =>
        registrations.Add(
            PosixSignalRegistration.Create(
                signal,
                context =>
                {
                    context.Cancel = true;
                    Descriptor.WriteAll(writeEnd, [(byte)number]);
                }
            )
        );
}
