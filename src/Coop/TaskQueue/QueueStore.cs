using System.Text;
using Coop.Errors;
using Coop.Places;
using Coop.Storage;

namespace Coop.TaskQueue;

/// <summary>
/// A queue with the host's own copy of it, which a loop keeps while it works: an agent can write the file in the tree, but not the copy. Changes go through here, one at a
/// time.
/// </summary>
/// <param name="root">The top of the tree.</param>
/// <param name="path">The queue's file, relative to it.</param>
internal sealed class QueueStore(UserDirectories directories, BytePath root, BytePath path)
{
    /// <summary>The name of the lock in <see cref="StateDirectory"/> that a loop holds while it works.</summary>
    public const string LoopLock = "loop";

    private const string KeptName = "queue";
    private const string LockName = "edit.lock";
    private const int MostBytes = 32 << 20;

    public TaskQueueFile File { get; } = new(root, path);

    /// <summary>Coop's own directory for this queue; need not exist.</summary>
    public BytePath StateDirectory { get; } = BytePath.From(directories.State).Join("queues").Join(RepositoryId.Of(root));

    private string KeptPath => Text(StateDirectory.Join(KeptName));

    /// <summary>What a loop holds for true, also one that was killed; null when none has the queue.</summary>
    public TaskDocument? Kept =>
        BoundedFile.Read(KeptPath, MostBytes) is { } bytes ? TaskDocument.Parse(bytes, path.ToString()) : null;

    public void Keep(TaskDocument document) => AtomicFile.Write(KeptPath, document.Bytes.Span);

    /// <summary>No loop has the queue any more.</summary>
    public void Forget() => System.IO.File.Delete(KeptPath);

    /// <summary>Changes the queue: the host's copy, if a loop keeps one, and the file in the tree.</summary>
    /// <param name="owner">Who gets the file; null leaves it the caller's.</param>
    /// <returns>The queue as it is now.</returns>
    /// <exception cref="UserError">It cannot be read or written, or another Coop does not let go of it.</exception>
    public TaskDocument Change(Func<TaskDocument, TaskDocument> change, (uint Uid, uint Gid)? owner)
    {
        using var held = Lock();
        if (Kept is { } kept)
        {
            var changed = change(kept);
            Keep(changed);
            File.Write(changed, owner);
            return changed;
        }

        var alone = change(File.Read() ?? TaskDocument.Empty);
        File.Write(alone, owner);
        return alone;
    }

    /// <summary>Adds a task at the end. While a loop keeps the queue, what its agent made of the file stays beside it.</summary>
    /// <returns>The queue as it is now.</returns>
    /// <exception cref="UserError">It cannot be read or written, or another Coop does not let go of it.</exception>
    public TaskDocument Add(string title, (uint Uid, uint Gid)? owner)
    {
        using var held = Lock();
        if (Kept is not { } kept)
        {
            var alone = (File.Read() ?? TaskDocument.Empty).WithTask(title);
            File.Write(alone, owner);
            return alone;
        }

        var changed = kept.WithTask(title);
        Keep(changed);
        try
        {
            if (File.Read() is { } shown)
            {
                File.Write(shown.WithTask(title), owner);
            }
        }
        catch (UserError)
        {
            // What the agent made of the file is the loop's to mend, from the copy.
        }

        return changed;
    }

    private FileLock Lock()
    {
        Directory.CreateDirectory(Text(StateDirectory));
        return FileLock.Take(Text(StateDirectory.Join(LockName)))
            ?? throw new UserError(
                "Another coop is changing the queue and does not come to an end.",
                "Look for it: pgrep -a coop"
            );
    }

    private static string Text(BytePath path) => Encoding.UTF8.GetString(path.Bytes);
}
