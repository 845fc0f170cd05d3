using System.Globalization;
using System.Text.Json;
using Coop.Errors;
using Coop.Native;

namespace Coop.Storage;

/// <summary>A <see cref="FileLock"/> whose holder can be named. Only for places no box can reach.</summary>
internal sealed class HeldLock : IDisposable
{
    private const int LargestHolderBytes = 64 * 1024;

    private readonly FileLock held;
    private readonly string holderPath;

    private HeldLock(FileLock held, string holderPath)
    {
        this.held = held;
        this.holderPath = holderPath;
    }

    /// <summary>Null when another process holds it.</summary>
    /// <param name="lockPath">Absolute; its directory exists.</param>
    /// <param name="holderPath">Where the holder is told; absolute. The file is there while the lock is held.</param>
    /// <param name="doing">What the holder does, in a word or two.</param>
    public static HeldLock? TryTake(string lockPath, string holderPath, string doing, TimeProvider time)
    {
        if (FileLock.TryTake(lockPath) is not { } taken)
        {
            return null;
        }

        try
        {
            var process = Unistd.getpid();
            LockHolder holder = new(process, StartOf(process) ?? 0, doing, time.GetUtcNow());
            AtomicFile.Write(holderPath, JsonSerializer.SerializeToUtf8Bytes(holder, LockHolderJsonContext.Default.LockHolder));
            return new HeldLock(taken, holderPath);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>True while a process holds it.</summary>
    public static bool IsHeld(string lockPath)
    {
        if (!File.Exists(lockPath))
        {
            return false;
        }

        using var free = FileLock.TryTake(lockPath);
        return free is null;
    }

    /// <summary>Who holds it; null when nobody wrote so, or that process is no more.</summary>
    public static LockHolder? HolderOf(string holderPath)
    {
        var path = BytePath.From(holderPath);
        try
        {
            var bytes = SafeFile.Read(path.Parent, BytePath.From(path.Name), LargestHolderBytes);
            var holder = bytes is null ? null : JsonSerializer.Deserialize(bytes, LockHolderJsonContext.Default.LockHolder);
            return holder is not null && StartOf(holder.ProcessId) == holder.Started ? holder : null;
        }
        catch (Exception cause) when (cause is JsonException or UserError)
        {
            return null;
        }
    }

    public void Dispose()
    {
        File.Delete(holderPath);
        held.Dispose();
    }

    // proc(5): the 22nd field of stat, counted behind the name, which may hold anything.
    private static long? StartOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return long.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
