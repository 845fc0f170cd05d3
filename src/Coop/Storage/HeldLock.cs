using System.Globalization;
using System.Text;
using Coop.Errors;
using Coop.Native;

namespace Coop.Storage;

/// <summary>A lock that is held for long, with a file beside it that tells by whom. Both lie where no box reaches: <c>NAME.lock</c>, <c>NAME.holder</c>.</summary>
internal sealed class HeldLock : IDisposable
{
    private const int MostBytes = 64 * 1024;

    private readonly FileLock held;
    private readonly string holderPath;

    private HeldLock(FileLock held, string holderPath)
    {
        this.held = held;
        this.holderPath = holderPath;
    }

    /// <summary>Null when another process holds it.</summary>
    /// <param name="directory">Exists.</param>
    /// <param name="doing">One line for others who want it too.</param>
    public static HeldLock? TryTake(BytePath directory, string name, string doing, TimeProvider time)
    {
        if (FileLock.TryTake(LockPath(directory, name)) is not { } taken)
        {
            return null;
        }

        var told = Text(directory.Join(HolderName(name)));
        var process = Unistd.getpid();
        AtomicFile.Write(
            told,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{process}\n{StartOf(process) ?? 0}\n{time.GetUtcNow():O}\n{doing.ReplaceLineEndings(" ")}\n"
            )
        );
        return new HeldLock(taken, told);
    }

    /// <summary>True while a process holds it.</summary>
    public static bool IsHeld(BytePath directory, string name)
    {
        var path = LockPath(directory, name);
        if (!File.Exists(path))
        {
            return false;
        }

        using var free = FileLock.TryTake(path);
        return free is null;
    }

    /// <summary>Who holds it; null when nobody wrote so, or that process is no more.</summary>
    public static LockHolder? HolderOf(BytePath directory, string name)
    {
        try
        {
            var bytes = SafeFile.Read(directory, BytePath.From(HolderName(name)), MostBytes);
            return
                bytes is not null
                && Encoding.UTF8.GetString(bytes).Split('\n') is [var process, var started, var since, var doing, ..]
                && int.TryParse(process, CultureInfo.InvariantCulture, out var id)
                && long.TryParse(started, CultureInfo.InvariantCulture, out var ticks)
                && DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, out var time)
                && StartOf(id) == ticks
                ? new LockHolder(id, ticks, doing, time)
                : null;
        }
        catch (UserError)
        {
            return null;
        }
    }

    public void Dispose()
    {
        File.Delete(holderPath);
        held.Dispose();
    }

    private static string LockPath(BytePath directory, string name) => Text(directory.Join($"{name}.lock"));

    private static string HolderName(string name) => $"{name}.holder";

    private static string Text(BytePath path) => Encoding.UTF8.GetString(path.Bytes);

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
