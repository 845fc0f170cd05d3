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
        using var parent = OpenParent(root, path, isOpen: false, owner);
        fixed (byte* fresh = TemporaryName())
        fixed (byte* final = Terminated(path.Name))
        {
            var directory = OpenTree.Number(parent);
            Write(directory, fresh, content, mode, root.Join(path));
            if (!GiveTo(directory, fresh, owner) || Renaming.renameat(directory, fresh, directory, final) != 0)
            {
                var reason = Errno.Text(Errno.Last);
                _ = Unistd.unlinkat(directory, fresh, 0);
                throw Trouble(root.Join(path), reason);
            }
        }
    }

    /// <summary>Writes a file where there is none, whole or not at all, and makes the directories above it, which others may enter.</summary>
    /// <returns>False when something has the name.</returns>
    /// <inheritdoc cref="Replace"/>
    public static bool TryCreate(BytePath root, BytePath path, ReadOnlySpan<byte> content, uint mode, (uint Uid, uint Gid)? owner)
    {
        using var parent = OpenParent(root, path, isOpen: true, owner);
        var directory = OpenTree.Number(parent);
        fixed (byte* fresh = TemporaryName())
        fixed (byte* final = Terminated(path.Name))
        {
            Write(directory, fresh, content, mode, root.Join(path));
            // A second name is refused where there is one; a rename would replace it.
            var isMade = GiveTo(directory, fresh, owner) && HardLink.linkat(directory, fresh, directory, final, 0) == 0;
            var error = isMade ? 0 : Errno.Last;
            _ = Unistd.unlinkat(directory, fresh, 0);
            return error is 0 or Errno.EEXIST ? isMade : throw Trouble(root.Join(path), Errno.Text(error));
        }
    }

    /// <summary>As <see cref="TryCreate"/>, for a symbolic link.</summary>
    /// <param name="target">The link's text.</param>
    public static bool TryCreateLink(BytePath root, BytePath path, ReadOnlySpan<byte> target, (uint Uid, uint Gid)? owner)
    {
        using var parent = OpenParent(root, path, isOpen: true, owner);
        var directory = OpenTree.Number(parent);
        fixed (byte* text = Terminated(target))
        fixed (byte* final = Terminated(path.Name))
        {
            if (FileRemoval.symlinkat(text, directory, final) == 0 && GiveTo(directory, final, owner))
            {
                return true;
            }

            var error = Errno.Last;
            return error == Errno.EEXIST ? false : throw Trouble(root.Join(path), Errno.Text(error));
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

    private static SafeFileHandle OpenParent(BytePath root, BytePath path, bool isOpen, (uint Uid, uint Gid)? owner)
    {
        MakeParents(root, path.Parent, isOpen, owner);
        using var top = OpenTree.OpenRoot(root);
        return OpenTree.OpenDirectory(top, path.Parent) ?? throw Trouble(root.Join(path), "a part of the path is a link");
    }

    private static void MakeParents(BytePath root, BytePath path, bool isOpen, (uint Uid, uint Gid)? owner)
    {
        if (path.IsEmpty)
        {
            return;
        }

        MakeParents(root, path.Parent, isOpen, owner);
        SafeDirectory.Make(root, path, isOpen, owner);
    }

    private static bool GiveTo(int directory, byte* name, (uint Uid, uint Gid)? owner) =>
        owner is not { } user || Fcntl.ChangeOwnerAt(directory, name, user.Uid, user.Gid, Fcntl.AT_SYMLINK_NOFOLLOW) == 0;

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

    private static byte[] TemporaryName() => Encoding.ASCII.GetBytes($".coop-{Guid.NewGuid():N}\0");

    private static byte[] Terminated(ReadOnlySpan<byte> name) => [.. name, 0];

    private static UserError Trouble(BytePath path, string reason) =>
        new($"'{path}' cannot be written: {reason}.", "Look at it, and move what is in its way.");
}
