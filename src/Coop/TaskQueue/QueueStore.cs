using System.Text;
using Coop.Boxes;
using Coop.Errors;
using Coop.Storage;

namespace Coop.TaskQueue;

/// <summary>
/// A queue and, while a loop works it, the host's own copy: the file is the agent's to write, the copy is what holds. The copy outlives a loop that was killed, so
/// that the next one goes on from it.
/// </summary>
/// <param name="root">The top of the repository, the same for every run: the copy is found by it.</param>
/// <param name="relativePath">Of the queue, below the root.</param>
internal sealed class QueueStore(UserDirectories directories, BytePath root, BytePath relativePath)
{
    private const UnixFileMode OnlyTheOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Held for the time of two reads and two writes.
    private static readonly TimeSpan EditPatience = TimeSpan.FromSeconds(10);

    private readonly string place = Path.Combine(
        directories.State,
        "queues",
        RepositoryId.Of(root),
        Digest.Of(relativePath.Bytes)[..12]
    );

    public TaskQueueFile File { get; } = new(root, relativePath);

    /// <summary>What Coop keeps of this queue, where no box reaches it. Made by <see cref="LockEdits"/> and <see cref="Keep"/>.</summary>
    public BytePath StateDirectory => BytePath.From(place);

    /// <summary>Held as a <see cref="HeldLock"/> by the loop that works the queue; told in <see cref="LoopHolder"/>.</summary>
    public string LoopLock => Path.Combine(place, "loop.lock");

    public string LoopHolder => Path.Combine(place, "loop.holder");

    private string KeptPath => Path.Combine(place, "kept.md");

    /// <summary>The host's copy; null when no loop owns the queue.</summary>
    /// <exception cref="UserError">It is there and cannot be read.</exception>
    public TaskDocument? Kept
    {
        get
        {
            try
            {
                // Notes may have made it longer than a file that is read from the tree.
                return BoundedFile.Read(KeptPath, TaskQueueFile.LargestBytes * 2) is { } bytes ? File.Parse(bytes) : null;
            }
            catch (IOException cause)
            {
                throw new UserError(
                    $"Coop's copy of the queue, '{KeptPath}', {cause.Message}.",
                    $"Make it readable for you, or give it up: rm {KeptPath}",
                    cause: cause
                );
            }
        }
    }

    public void Keep(TaskDocument document) => AtomicFile.Write(KeptPath, document.Bytes.Span);

    /// <summary>The loop is over: the file is the queue again.</summary>
    public void Forget() => System.IO.File.Delete(PlaceMade("kept.md"));

    /// <summary>A lock around one change of the file or the copy. Held for as short as that.</summary>
    /// <exception cref="UserError">Another Coop holds it and does not let go.</exception>
    public IDisposable LockEdits()
    {
        var path = PlaceMade("edit.lock");
        return WaitingLock.Take(path, EditPatience)
            ?? throw new UserError(
                $"The queue '{relativePath}' is being changed by another coop that does not finish.",
                $"See who holds it: fuser {path}"
            );
    }

    /// <summary>Changes the queue under the lock: while a loop owns it the host's copy and, as far as it can be read, the file; else the file alone, which is made when missing.</summary>
    /// <param name="change">May be called twice, with documents that differ: it must not rely on places of one of them.</param>
    /// <param name="owner">Of the file; as for <see cref="TaskQueueFile.Write"/>.</param>
    /// <returns>What holds now.</returns>
    public TaskDocument Change(Func<TaskDocument, TaskDocument> change, (uint Uid, uint Gid)? owner = null)
    {
        using var held = LockEdits();
        if (Kept is not { } kept)
        {
            var changed = change(File.Read() ?? File.Parse(Encoding.UTF8.GetBytes("")));
            File.Write(changed, owner);
            return changed;
        }

        var host = change(kept);
        Keep(host);
        try
        {
            if (File.Read() is { } shown)
            {
                File.Write(change(shown), owner);
            }
        }
        catch (UserError)
        {
            // What the agent made of the file is the loop's to mend, from the copy.
        }

        return host;
    }

    private string PlaceMade(string name)
    {
        Directory.CreateDirectory(place, OnlyTheOwner);
        return Path.Combine(place, name);
    }
}
