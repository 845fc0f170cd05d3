namespace Coop.Storage;

/// <summary>
/// A lock held by a living process: <c>flock</c> on a file, freed by the kernel when the holder dies, however it dies. Only for files no box can reach.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int ShortTries = 100;
    private const int ShortPauseMilliseconds = 20;

    private readonly FileStream stream;

    private FileLock(FileStream stream) => this.stream = stream;

    /// <summary>Null when another process holds it. Makes the file when there is none.</summary>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException cause) when (cause is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }

    /// <summary>Waits for a holder that needs it for the time of a few reads and writes; null when it is not let go within two seconds.</summary>
    public static FileLock? Take(string path)
    {
        for (var tries = 0; tries < ShortTries; tries++)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            Native.Poll.Wait([], ShortPauseMilliseconds);
        }

        return null;
    }

    /// <summary>For a child that is to hold the lock too, as long as it lives.</summary>
    public int Descriptor => (int)stream.SafeFileHandle.DangerousGetHandle();

    public void Dispose() => stream.Dispose();
}
