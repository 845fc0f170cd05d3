using Coop.Errors;
using Coop.Native;
using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.TaskQueue;

/// <summary>A queue in a tree that a box could have written.</summary>
/// <param name="root">Absolute; may itself lead through links.</param>
/// <param name="relativePath">Below the root; no <c>.</c> or <c>..</c>.</param>
internal sealed class TaskQueueFile(BytePath root, BytePath relativePath)
{
    /// <summary>More than any queue; a larger file is none.</summary>
    public const int LargestBytes = 16 << 20;

    private const uint UsualMode = 0b110_100_100;
    private const int PermissionBits = 0b111_111_111;

    public static readonly BytePath DefaultPath = BytePath.From(".agent/TASKS.md");

    public BytePath Root => root;

    public BytePath RelativePath => relativePath;

    /// <summary>Null when there is no such file.</summary>
    /// <exception cref="UserError">A link, also on the way, not a regular file, too large, or not readable.</exception>
    public byte[]? ReadBytes()
    {
        using var top = OpenTree.OpenRoot(root);
        using var parent = OpenParent(top);
        return parent is null ? null : SafeFile.Read(OpenTree.Number(parent), relativePath.Name, relativePath, LargestBytes);
    }

    /// <summary>As <see cref="ReadBytes"/>, read as a queue.</summary>
    /// <exception cref="UserError">Besides: a state letter that is none.</exception>
    public TaskDocument? Read() => ReadBytes() is { } bytes ? Parse(bytes) : null;

    /// <summary>Reads bytes as this queue.</summary>
    public TaskDocument Parse(ReadOnlyMemory<byte> bytes) => TaskDocument.Parse(bytes, relativePath.ToString());

    /// <summary>Replaces the file: a reader sees the old content or the new. A link or FIFO in its place is itself replaced; the mode of a regular file stays.</summary>
    /// <param name="owner">Null keeps the owner of the file, or of the tree for a new one, where root runs.</param>
    /// <exception cref="UserError">A directory in its place, or a link or no directory on the way, or it cannot be written.</exception>
    public void Write(TaskDocument document, (uint Uid, uint Gid)? owner)
    {
        using var top = OpenTree.OpenRoot(root);
        FileStatus? old = null;
        using (var parent = OpenParent(top))
        {
            old = parent is not null && OpenTree.TryStat(parent, relativePath.Name, out var status) ? status : null;
        }

        owner ??= Unistd.geteuid() == 0 ? OwnerOf(top, old) : null;
        SafeDirectory.Make(root, relativePath.Parent, isOpen: true, owner);
        var mode = old is { IsRegular: true } file ? (uint)(file.Mode & PermissionBits) : UsualMode;
        SafeWriter.Replace(root, relativePath, document.Bytes.Span, mode, owner);
    }

    private static (uint Uid, uint Gid)? OwnerOf(SafeFileHandle top, FileStatus? old) =>
        old is { IsRegular: true } file ? (file.UserId, file.GroupId)
        : Stat.ReadOpen(OpenTree.Number(top), out var tree) == 0 ? (tree.UserId, tree.GroupId)
        : null;

    // Null only when a part is missing: a link on the way is no missing queue.
    private SafeFileHandle? OpenParent(SafeFileHandle top)
    {
        var current = OpenTree.OpenDirectory(top, BytePath.Empty)!;
        var shown = BytePath.Empty;
        var rest = relativePath.Parent.Bytes;
        while (!rest.IsEmpty)
        {
            var slash = rest.IndexOf((byte)'/');
            var name = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? [] : rest[(slash + 1)..];
            shown = shown.Join(name);
            var isThere = OpenTree.TryStat(current, name, out var status);
            var next = isThere ? OpenTree.OpenDirectory(current, BytePath.From(name)) : null;
            current.Dispose();
            if (next is null)
            {
                return isThere ? throw Blocked(shown, status) : null;
            }

            current = next;
        }

        return current;
    }

    private static UserError Blocked(BytePath shown, FileStatus status) =>
        status.IsDirectory
            ? new UserError($"The directory '{shown}' cannot be entered.", "Make it readable for you.")
            : new UserError(
                $"'{shown}' is {FileKind.Describe(status.Mode)}, not a directory.",
                "Put a directory in its place, or remove it."
            );
}
