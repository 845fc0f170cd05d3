using System.Runtime.InteropServices;
using Coop.Native;

namespace Coop.Guest;

/// <summary>Signals that engines send to the first process (a stop, a terminal's end) are meant for the command's group.</summary>
internal sealed class SignalForwarding : IDisposable
{
    private readonly List<PosixSignalRegistration> registrations = [];

    public SignalForwarding(int command)
    {
        Forward(PosixSignal.SIGTERM, Signals.SIGTERM);
        Forward(PosixSignal.SIGINT, Signals.SIGINT);
        Forward(PosixSignal.SIGHUP, Signals.SIGHUP);
        Forward(PosixSignal.SIGQUIT, Signals.SIGQUIT);

        void Forward(PosixSignal signal, int number) =>
            registrations.Add(
                PosixSignalRegistration.Create(
                    signal,
                    context =>
                    {
                        context.Cancel = true;
                        _ = Signals.kill(-command, number);
                    }
                )
            );
    }

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());
}
