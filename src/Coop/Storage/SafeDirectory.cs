using Coop.Errors;
using Coop.Native;
using Microsoft.Win32.SafeHandles;

namespace Coop.Storage;

/// <summary>Makes directories in trees that a box could have written: no link is followed on the way or at the end.</summary>
internal static unsafe class SafeDirectory
{
    private const uint OnlyTheOwner = 0b111_000_000;

    /// <summary>Makes what is missing of a path.</summary>
    /// <param name="root">Exists; may itself lead through links.</param>
    /// <param name="path">Relative to the root; no <c>.</c> or <c>..</c>.</param>
    /// <param name="owner">Gets the last directory if it is made here; null leaves it the caller's.</param>
    /// <exception cref="UserError">A part is a link or no directory, or cannot be made.</exception>
    public static void Make(BytePath root, BytePath path, (uint Uid, uint Gid)? owner)
    {
        var current = OpenTree.OpenRoot(root);
        try
        {
            var rest = path.Bytes;
            while (!rest.IsEmpty)
            {
                var slash = rest.IndexOf((byte)'/');
                var name = slash < 0 ? rest : rest[..slash];
                rest = slash < 0 ? [] : rest[(slash + 1)..];
                MakeOne(current, name, rest.IsEmpty ? owner : null, root.Join(path));
                var next = OpenTree.OpenDirectory(current, BytePath.From(name));
                current.Dispose();
                current = next ?? throw Trouble(root.Join(path), "a part of it is a link or no directory");
            }
        }
        finally
        {
            current.Dispose();
        }
    }

    private static void MakeOne(SafeFileHandle parent, ReadOnlySpan<byte> name, (uint Uid, uint Gid)? owner, BytePath shown)
    {
        Span<byte> terminated = stackalloc byte[name.Length + 1];
        name.CopyTo(terminated);
        terminated[^1] = 0;
        fixed (byte* start = terminated)
        {
            if (Fcntl.MakeDirectoryAt(OpenTree.Number(parent), start, OnlyTheOwner) != 0)
            {
                var reason = Errno.Last;
                if (reason != Errno.EEXIST)
                {
                    throw Trouble(shown, Errno.Text(reason));
                }

                return;
            }

            if (
                owner is { } user
                && Fcntl.ChangeOwnerAt(OpenTree.Number(parent), start, user.Uid, user.Gid, Fcntl.AT_SYMLINK_NOFOLLOW) != 0
            )
            {
                throw Trouble(shown, $"it cannot be given to user {user.Uid}, {Errno.Text(Errno.Last)}");
            }
        }
    }

    private static UserError Trouble(BytePath path, string reason) =>
        new($"The directory '{path}' cannot be made: {reason}.", "Look at it, and move what is in its way.");
}
