using Coop.Storage;

namespace Coop.TaskQueue;

/// <summary>The file of a queue, in a tree that a box could have written.</summary>
/// <param name="root">The top of the tree.</param>
/// <param name="path">Relative to it.</param>
internal sealed class TaskQueueFile(BytePath root, BytePath path)
{
    /// <summary>Where a queue lies.</summary>
    public static readonly BytePath DefaultPath = BytePath.From(".agent/TASKS.md");

    private const int MostBytes = 16 << 20;

    /// <summary>Null when there is none.</summary>
    /// <exception cref="Errors.UserError">It is a link, no regular file, or larger than 16 MiB.</exception>
    public byte[]? ReadBytes() => SafeFile.Read(root, path, MostBytes);

    /// <summary>As <see cref="ReadBytes"/>.</summary>
    /// <exception cref="Errors.UserError">As there, or it is no queue.</exception>
    public TaskDocument? Read() => ReadBytes() is { } bytes ? TaskDocument.Parse(bytes, path.ToString()) : null;

    /// <param name="owner">Who gets it; null leaves it the caller's.</param>
    public void Write(TaskDocument document, (uint Uid, uint Gid)? owner) =>
        TreeFile.Write(root, path, document.Bytes.Span, owner);
}
