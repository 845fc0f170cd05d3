using Coop.Native;

namespace Coop.Storage;

/// <summary>Waits for a <see cref="FileLock"/> that another process holds.</summary>
internal static class WaitingLock
{
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongPause = TimeSpan.FromMilliseconds(200);

    /// <summary>For locks that are held for the time of a few reads and writes. Null when it is still held after the patience.</summary>
    /// <param name="path">Absolute; its directory exists.</param>
    public static FileLock? Take(string path, TimeSpan patience)
    {
        for (var waited = TimeSpan.Zero; ; waited += ShortPause)
        {
            if (FileLock.TryTake(path) is { } taken)
            {
                return taken;
            }

            if (waited >= patience)
            {
                return null;
            }

            _ = Poll.Wait([], (int)ShortPause.TotalMilliseconds);
        }
    }

    /// <summary>For locks that are held for the time of a download: waits until it is free.</summary>
    /// <param name="waiting">Called once, before the first wait.</param>
    public static async Task<FileLock> TakeAsync(
        string path,
        Action waiting,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        FileLock? held;
        for (var said = false; (held = FileLock.TryTake(path)) is null; said = true)
        {
            if (!said)
            {
                waiting();
            }

            await Task.Delay(LongPause, time, cancellationToken);
        }

        return held;
    }
}
