using Coop.Errors;
using Coop.Storage;

namespace Coop.ForkKeeping;

/// <summary>Keeps a fork to one Coop at a time.</summary>
internal static class ForkLock
{
    /// <exception cref="UserError">Another Coop works there; it is named.</exception>
    public static HeldLock Take(ForkPlaces places, string name, string doing, TimeProvider time)
    {
        if (HeldLock.TryTake(places.State, name, doing, time) is { } taken)
        {
            return taken;
        }

        var holder = HolderOf(places, name);
        throw new UserError(
            holder is null
                ? $"Fork '{name}' is in use by another coop."
                : $"Fork '{name}' is in use: {Terminal.PlainText.CleanLine(holder.Doing)}, process {holder.ProcessId}, since {holder.Since:HH:mm} UTC.",
            $"Wait for it, or end it: coop fork stop {name}"
        );
    }

    /// <summary>True while a Coop works there.</summary>
    public static bool IsHeld(ForkPlaces places, string name) => HeldLock.IsHeld(places.State, name);

    /// <summary>Who holds it; null when nobody wrote so, or that process is no more.</summary>
    public static LockHolder? HolderOf(ForkPlaces places, string name) => HeldLock.HolderOf(places.State, name);
}
