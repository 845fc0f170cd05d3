using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Native;
using Coop.Terminal;

namespace Coop.Forks;

/// <summary><c>coop fork stop</c>: ends the coop that works in a fork, and with it its box.</summary>
internal sealed class ForkStopper(ForkDesk desk)
{
    // A box gets ten seconds to end, its engine fifteen more.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public async Task<int> RunAsync(string name, CancellationToken cancellationToken)
    {
        _ = desk.Store.Read(ForkName.Check(name));
        if (!ForkLock.IsHeld(desk.Places, name))
        {
            desk.Doors.Terminal.Say($"Nothing runs in fork '{name}'.");
            return ExitCode.Done;
        }

        await StopAsync(name, cancellationToken);
        desk.Doors.Terminal.Say($"Fork '{name}' is stopped.");
        return ExitCode.Done;
    }

    /// <exception cref="UserError">It cannot be told who works there, or it does not end.</exception>
    public async Task StopAsync(string name, CancellationToken cancellationToken)
    {
        // The process is known by its id and the time of its start: an id alone may be somebody else's by now.
        var holder =
            ForkLock.HolderOf(desk.Places, name)
            ?? throw new UserError($"Who works in fork '{name}' cannot be told.", "Look for it: pgrep -a coop");
        if (Signals.kill(holder.ProcessId, Signals.SIGTERM) != 0)
        {
            throw new UserError(
                $"Process {holder.ProcessId}, which works in fork '{name}', cannot be ended: {Errno.Text(Errno.Last)}.",
                "End it as the user who started it."
            );
        }

        var time = desk.Doors.Time;
        var began = time.GetTimestamp();
        while (ForkLock.IsHeld(desk.Places, name))
        {
            if (time.GetElapsedTime(began) > Limit)
            {
                throw new UserError($"Process {holder.ProcessId} does not end.", $"End it for good: kill -9 {holder.ProcessId}");
            }

            await Task.Delay(Step, time, cancellationToken);
        }

        desk.Store.Log(name, "stopped");
    }
}
