using Coop.Native;
using Xunit;

namespace Coop.Processes;

public class ShutdownSignalsTests
{
    [Fact]
    public void The_first_signal_cancels_and_gives_the_exit_code()
    {
        using ShutdownSignals signals = new();
        Assert.Null(signals.ExitCode);
        signals.Hear(Signals.SIGTERM);
        signals.Hear(Signals.SIGINT);
        Assert.True(signals.Token.IsCancellationRequested);
        Assert.Equal((128 + Signals.SIGTERM, 2, 1), (signals.ExitCode, signals.Count, signals.Interrupts));
    }

    // The runtime does not wait for a handler that is under way when its registration is disposed of.
    [Fact]
    public void A_signal_that_is_heard_too_late_harms_nobody()
    {
        ShutdownSignals signals = new();
        signals.Dispose();
        signals.Hear(Signals.SIGINT);
        Assert.Equal(1, signals.Interrupts);
    }
}
