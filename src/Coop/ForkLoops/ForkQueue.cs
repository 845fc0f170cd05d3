using System.Text;
using Coop.ForkKeeping;
using Coop.Storage;
using Coop.TaskQueue;
using Coop.Terminal;

namespace Coop.ForkLoops;

/// <summary>The queue in a fork: put there once.</summary>
internal sealed class ForkQueue(ForkDesk desk, string name)
{
    private const int MostExcludeBytes = 1 << 20;
    private const string ReplacedName = "queue-replaced.md";

    private static readonly BytePath ExcludePath = BytePath.From(".git/info/exclude");

    public QueueStore Store { get; } = desk.QueueOf(name);

    /// <summary>True when there is one, or a loop that was killed has it.</summary>
    public bool Exists => Store.Kept is not null || Store.File.ReadBytes() is not null;

    /// <summary>Copies the seed, unless that was done before. The fork must be held.</summary>
    /// <param name="isNew">The fork was made just now.</param>
    /// <returns>The record as it is now.</returns>
    public ForkRecord Plant(ForkRecord record, QueueSeed seed, bool isNew)
    {
        var terminal = desk.Doors.Terminal;
        if (record.Seed is { } planted && Exists)
        {
            terminal.Say(
                planted == seed.Mark
                    ? $"Fork '{name}' goes on with its queue."
                    : $"Fork '{name}' goes on with its queue; '{seed.Shown}' is another one now, which takes a fork of its own."
            );
            return record;
        }

        if (!isNew && Store.File.ReadBytes() is { } before && !before.AsSpan().SequenceEqual(seed.Document.Bytes.Span))
        {
            var kept = ForkPlaces.Text(Store.StateDirectory.Join(ReplacedName));
            Directory.CreateDirectory(ForkPlaces.Text(Store.StateDirectory));
            AtomicFile.Write(kept, before);
            terminal.Say($"The queue that was in fork '{name}' is kept in '{kept}'.");
        }

        var owner = desk.Doors.Host.OwnerIn(desk.Places.Fork(name));
        Store.File.Write(seed.Document, owner);
        Exclude(owner);
        var now = record with { Seed = seed.Mark };
        desk.Store.Write(now);
        desk.Store.Log(name, $"queue copied from {seed.Shown}");
        return now;
    }

    // So that `git add --all` of an agent does not bring the copy into its commits, and through them over the user's own.
    private void Exclude((uint Uid, uint Gid)? owner)
    {
        var root = desk.Places.Fork(name);
        var line = $"/{TaskQueueFile.DefaultPath}";
        var text = Encoding.UTF8.GetString(SafeFile.Read(root, ExcludePath, MostExcludeBytes) ?? []);
        if (!text.Split('\n').Contains(line))
        {
            var gap = text.Length == 0 || text.EndsWith('\n') ? "" : "\n";
            TreeFile.Write(root, ExcludePath, Encoding.UTF8.GetBytes($"{text}{gap}{line}\n"), owner);
        }
    }
}
