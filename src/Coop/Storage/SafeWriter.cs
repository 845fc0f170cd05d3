using System.Text;
using Coop.Errors;
using Coop.Native;
using Microsoft.Win32.SafeHandles;

namespace Coop.Storage;

/// <summary>
/// Replaces and removes files of trees that a box could have written: no link is followed on the way, one at the end is replaced itself, and a reader sees the
/// old content or the new.
/// </summary>
internal static unsafe class SafeWriter
{
    /// <summary>A file of which only the owner may know the content.</summary>
    public const uint OwnersFile = 0b110_000_000;

    /// <summary>A program that only the owner may start.</summary>
    public const uint OwnersProgram = 0b111_000_000;

    /// <summary>Writes a file and makes the directories above it.</summary>
    /// <param name="root">Exists; may itself lead through links.</param>
    /// <param name="path">Relative to the root; no <c>.</c> or <c>..</c>.</param>
    /// <param name="mode">The file's permissions, less what the caller's own mask withholds.</param>
    /// <param name="owner">Gets the file, and the directories that are made; null leaves them the caller's.</param>
    /// <exception cref="UserError">A part is a link or no directory, or it cannot be written.</exception>
    public static void Replace(BytePath root, BytePath path, ReadOnlySpan<byte> content, uint mode, (uint Uid, uint Gid)? owner)
    {
        MakeParents(root, path.Parent, owner);
        using var top = OpenTree.OpenRoot(root);
        using var parent =
            OpenTree.OpenDirectory(top, path.Parent) ?? throw Trouble(root.Join(path), "a part of the path is a link");
        var temporary = Encoding.ASCII.GetBytes($".coop-{Guid.NewGuid():N}\0");
        var name = Terminated(path.Name);
        fixed (byte* fresh = temporary)
        fixed (byte* final = name)
        {
            var directory = OpenTree.Number(parent);
            Write(directory, fresh, content, mode, root.Join(path));
            var failure =
                owner is { } user && Fcntl.ChangeOwnerAt(directory, fresh, user.Uid, user.Gid, Fcntl.AT_SYMLINK_NOFOLLOW) != 0
                || Renaming.renameat(directory, fresh, directory, final) != 0;
            if (failure)
            {
                var reason = Errno.Text(Errno.Last);
                _ = Unistd.unlinkat(directory, fresh, 0);
                throw Trouble(root.Join(path), reason);
            }
        }
    }

    /// <summary>Removes a file or link; nothing when there is none.</summary>
    public static void Remove(BytePath root, BytePath path)
    {
        using var top = OpenTree.OpenRoot(root);
        using var parent = OpenTree.OpenDirectory(top, path.Parent);
        if (parent is null)
        {
            return;
        }

        fixed (byte* name = Terminated(path.Name))
        {
            _ = Unistd.unlinkat(OpenTree.Number(parent), name, 0);
        }
    }

    private static void MakeParents(BytePath root, BytePath path, (uint Uid, uint Gid)? owner)
    {
        if (path.IsEmpty)
        {
            return;
        }

        MakeParents(root, path.Parent, owner);
        SafeDirectory.Make(root, path, isOpen: false, owner);
    }

    private static void Write(int directory, byte* name, ReadOnlySpan<byte> content, uint mode, BytePath shown)
    {
        var flags = Fcntl.O_WRONLY | Fcntl.O_CREAT | Fcntl.O_EXCL | Fcntl.O_NOFOLLOW | Fcntl.O_CLOEXEC;
        var descriptor = Fcntl.OpenAt(directory, name, flags, mode);
        if (descriptor < 0)
        {
            throw Trouble(shown, Errno.Text(Errno.Last));
        }

        using SafeFileHandle file = new(descriptor, ownsHandle: true);
        var written = Descriptor.WriteAll(descriptor, content);
        if (written < 0)
        {
            _ = Unistd.unlinkat(directory, name, 0);
            throw Trouble(shown, Errno.Text(-written));
        }
    }

    private static byte[] Terminated(ReadOnlySpan<byte> name) => [.. name, 0];

    private static UserError Trouble(BytePath path, string reason) =>
        new($"'{path}' cannot be written: {reason}.", "Look at it, and move what is in its way.");
}
