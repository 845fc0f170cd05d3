using Coop.Storage;
using Coop.Trees;

namespace Coop.ForkKeeping;

/// <summary>A directory for one errand among the forks, with a lock as long as its Coop lives; it goes with all that is in it.</summary>
internal sealed class ScratchPlace : IDisposable
{
    private readonly FileLock held;

    private ScratchPlace(BytePath directory, FileLock held)
    {
        Directory = directory;
        this.held = held;
    }

    public BytePath Directory { get; }

    public static ScratchPlace Make(ForkPlaces places)
    {
        // The lock lies beside the directory, so that it is there before it.
        var name = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray())[..12];
        var taken =
            FileLock.TryTake(ForkPlaces.Text(places.Scratch.Join($"{name}.lock")))
            ?? throw new IOException($"The lock of '{name}' cannot be taken.");
        var directory = places.Scratch.Join(name);
        System.IO.Directory.CreateDirectory(ForkPlaces.Text(directory));
        return new ScratchPlace(directory, taken);
    }

    /// <summary>Removes what Coops left that are no more.</summary>
    public static void Sweep(ForkPlaces places)
    {
        foreach (var file in SmallDirectory.Names(places.Scratch))
        {
            if (!file.Bytes.EndsWith(".lock"u8))
            {
                continue;
            }

            using var free = FileLock.TryTake(ForkPlaces.Text(places.Scratch.Join(file)));
            if (free is not null)
            {
                TreeRemoval.Remove(places.Scratch.Join(file.Bytes[..^".lock".Length]));
                File.Delete(ForkPlaces.Text(places.Scratch.Join(file)));
            }
        }
    }

    public void Dispose()
    {
        TreeRemoval.Remove(Directory);
        File.Delete(ForkPlaces.Text(BytePath.From([.. Directory.Bytes, .. ".lock"u8])));
        held.Dispose();
    }
}
