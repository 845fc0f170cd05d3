using System.Globalization;
using System.Text.Json;
using Coop.Errors;
using Coop.Native;
using Coop.Storage;

namespace Coop.Forks;

/// <summary>Keeps a fork to one Coop at a time.</summary>
internal sealed class ForkLock : IDisposable
{
    private readonly FileLock held;
    private readonly string holderPath;

    private ForkLock(FileLock held, string holderPath)
    {
        this.held = held;
        this.holderPath = holderPath;
    }

    /// <exception cref="UserError">Another Coop works there; it is named.</exception>
    public static ForkLock Take(ForkPlaces places, string name, string doing, TimeProvider time)
    {
        if (TryTake(places, name, doing, time) is { } taken)
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

    /// <summary>Null when another Coop works there.</summary>
    public static ForkLock? TryTake(ForkPlaces places, string name, string doing, TimeProvider time)
    {
        if (FileLock.TryTake(ForkPlaces.Text(places.Lock(name))) is not { } taken)
        {
            return null;
        }

        var told = ForkPlaces.Text(places.Holder(name));
        var process = Unistd.getpid();
        ForkHolder holder = new(process, StartOf(process) ?? 0, doing, time.GetUtcNow());
        AtomicFile.Write(told, JsonSerializer.SerializeToUtf8Bytes(holder, ForkJsonContext.Default.ForkHolder));
        return new ForkLock(taken, told);
    }

    /// <summary>True while a Coop works there.</summary>
    public static bool IsHeld(ForkPlaces places, string name)
    {
        var path = ForkPlaces.Text(places.Lock(name));
        if (!File.Exists(path))
        {
            return false;
        }

        using var free = FileLock.TryTake(path);
        return free is null;
    }

    /// <summary>Who holds it; null when nobody wrote so, or that process is no more.</summary>
    public static ForkHolder? HolderOf(ForkPlaces places, string name)
    {
        try
        {
            var bytes = SafeFile.Read(places.State, BytePath.From($"{name}.holder"), 64 * 1024);
            var holder = bytes is null ? null : JsonSerializer.Deserialize(bytes, ForkJsonContext.Default.ForkHolder);
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
