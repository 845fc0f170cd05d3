using System.Runtime.InteropServices;

namespace Coop.Processes;

/// <summary>
/// Turns the signals that ask Coop to end into a cancellation, so that what was made is removed on the way out. While a box runs its own loop hears
/// the same signals too.
/// </summary>
internal sealed class ShutdownSignals : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private int first;
    private int interrupts;
    private int count;

    public ShutdownSignals()
    {
        Register(PosixSignal.SIGINT, Native.Signals.SIGINT);
        Register(PosixSignal.SIGTERM, Native.Signals.SIGTERM);
        Register(PosixSignal.SIGHUP, Native.Signals.SIGHUP);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>How many came.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>How many of them were Ctrl-C.</summary>
    public int Interrupts => Volatile.Read(ref interrupts);

    /// <summary>128 and the number of the first signal; null when none came.</summary>
    public int? ExitCode => Volatile.Read(ref first) is var number and not 0 ? 128 + number : null;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }

    /// <summary>Takes a signal; also one whose handler was under way when this was disposed of.</summary>
    internal void Hear(int number)
    {
        _ = Interlocked.CompareExchange(ref first, number, 0);
        _ = number == Native.Signals.SIGINT ? Interlocked.Increment(ref interrupts) : 0;
        _ = Interlocked.Increment(ref count);
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Coop has ended: nobody waits for it any more.
            return;
        }
    }

    private void Register(PosixSignal signal, int number) =>
        registrations.Add(
            PosixSignalRegistration.Create(
                signal,
                context =>
                {
                    context.Cancel = true;
                    Hear(number);
                }
            )
        );
}
