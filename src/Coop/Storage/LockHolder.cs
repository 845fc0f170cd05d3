namespace Coop.Storage;

/// <summary>Who holds a <see cref="HeldLock"/>, for people who want it too; the lock itself is what counts.</summary>
/// <param name="ProcessId">Of the Coop that holds the lock.</param>
/// <param name="Started">The start time of that process in the kernel's ticks: a number that was given to another process has another.</param>
/// <param name="Doing">Such as <c>claude</c>.</param>
internal sealed record LockHolder(int ProcessId, long Started, string Doing, DateTimeOffset Since);
