using Coop.Errors;
using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.TaskQueue;

/// <summary>The file of a queue, in a tree that a box could have written.</summary>
/// <param name="root">The top of the tree.</param>
/// <param name="path">Relative to it.</param>
internal sealed class TaskQueueFile(BytePath root, BytePath path)
{
    /// <summary>Where a queue lies.</summary>
    public static readonly BytePath DefaultPath = BytePath.From(".agent/TASKS.md");

    private const int MostBytes = 16 << 20;

    public BytePath Root => root;

    public BytePath Path => path;

    /// <summary>Null when there is none.</summary>
    /// <exception cref="UserError">It is a link, no regular file, or larger than 16 MiB.</exception>
    public byte[]? ReadBytes()
    {
        using var top = OpenTree.OpenRoot(root);
        RefuseOtherThanDirectories(top, path.Parent);
        return SafeFile.Read(root, path, MostBytes);
    }

    /// <summary>As <see cref="ReadBytes"/>.</summary>
    /// <exception cref="UserError">As there, or it is no queue.</exception>
    public TaskDocument? Read() => ReadBytes() is { } bytes ? TaskDocument.Parse(bytes, path.ToString()) : null;

    /// <param name="owner">Who gets it; null leaves it the caller's.</param>
    public void Write(TaskDocument document, (uint Uid, uint Gid)? owner)
    {
        SafeDirectory.Make(root, path.Parent, isOpen: true, owner);
        TreeFile.Write(root, path, document.Bytes.Span, owner);
    }

    // What is no directory on the way is no missing queue.
    private static void RefuseOtherThanDirectories(SafeFileHandle top, BytePath directory)
    {
        if (directory.IsEmpty)
        {
            return;
        }

        RefuseOtherThanDirectories(top, directory.Parent);
        using var parent = OpenTree.OpenDirectory(top, directory.Parent);
        if (parent is not null && OpenTree.TryStat(parent, directory.Name, out var status) && !status.IsDirectory)
        {
            throw new UserError(
                $"'{directory}' is {FileKind.Describe(status.Mode)}, not a directory.",
                "Put a directory in its place, or remove it."
            );
        }
    }
}
