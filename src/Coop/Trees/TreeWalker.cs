using System.Runtime.InteropServices;
using Coop.Errors;
using Coop.Native;
using Coop.Storage;

namespace Coop.Trees;

/// <summary>
/// Walks a directory tree by descriptors: names are bytes, no link is followed, nothing but directories is opened, mounts below
/// the root are walked too. Depth and length of paths have no limit, because a directory is always opened from its parent;
/// open descriptors do: a parent far up is closed and found again through <c>..</c>, checked by its identity.
/// </summary>
internal sealed unsafe class TreeWalker : IDisposable
{
    private const int MostOpenDirectories = 32;

    private readonly ITreeVisitor visitor;
    private readonly TreeDirectory directory;
    private readonly List<Frame> frames = [];
    private readonly List<Pending> pending = [];
    private byte[] names = new byte[16 * 1024];
    private int namesLength;

    private TreeWalker(ITreeVisitor visitor)
    {
        this.visitor = visitor;
        directory = new TreeDirectory(AddPending);
    }

    private static int OpenFlags => Fcntl.O_RDONLY | Fcntl.O_DIRECTORY | Fcntl.O_CLOEXEC | Fcntl.O_NONBLOCK;

    /// <summary>Visits the root and every directory that the visitor descends into.</summary>
    /// <param name="root">Absolute; may itself lead through links.</param>
    /// <param name="tag">The tag of the root.</param>
    public static void Walk(BytePath root, int tag, ITreeVisitor visitor, CancellationToken cancellationToken)
    {
        using var walker = new TreeWalker(visitor);
        walker.Enter(Fcntl.AT_FDCWD, root.Join(".").Bytes, [], tag, 0);
        while (walker.frames.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            walker.Step();
        }
    }

    public void Dispose()
    {
        foreach (var frame in frames)
        {
            Close(frame.Descriptor);
        }

        frames.Clear();
    }

    private static void Close(int descriptor)
    {
        if (descriptor >= 0)
        {
            _ = Fcntl.Close(descriptor);
        }
    }

    private void Step()
    {
        var top = frames[^1];
        if (pending.Count == top.FirstPending)
        {
            Leave();
            return;
        }

        var next = pending[^1];
        pending.RemoveAt(pending.Count - 1);
        namesLength = next.NameOffset;
        var name = names.AsSpan(next.NameOffset, next.NameLength);
        Enter(top.Descriptor, name, name, next.Tag, top.PathLength);
    }

    private void Enter(int parent, ReadOnlySpan<byte> opened, ReadOnlySpan<byte> shown, int tag, int parentLength)
    {
        directory.SetPath(parentLength, shown);
        var descriptor = OpenDirectory(parent, opened, frames.Count > 0);
        if (descriptor < 0)
        {
            var reason = Errno.Last;

            // Gone, or replaced by something else, since its parent was listed.
            if (frames.Count == 0 || reason is not (Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP))
            {
                visitor.CannotRead(BytePath.From(directory.Path), tag, reason);
            }

            return;
        }

        frames.Add(new Frame(descriptor, pending.Count, directory.PathLength));
        CloseFarParent();
        var error = directory.List(descriptor, tag);
        if (error == 0)
        {
            visitor.Visit(directory);
        }
        else
        {
            visitor.CannotRead(BytePath.From(directory.Path), tag, error);
        }
    }

    private static int OpenDirectory(int parent, ReadOnlySpan<byte> name, bool refuseLink)
    {
        Span<byte> terminated = stackalloc byte[name.Length + 1];
        name.CopyTo(terminated);
        terminated[^1] = 0;
        fixed (byte* path = terminated)
        {
            return Fcntl.OpenAt(parent, path, OpenFlags | (refuseLink ? Fcntl.O_NOFOLLOW : 0), 0);
        }
    }

    private void CloseFarParent()
    {
        var far = frames.Count - 1 - MostOpenDirectories;
        if (far < 0 || frames[far].Descriptor < 0)
        {
            return;
        }

        var frame = frames[far];
        _ = Stat.ReadOpen(frame.Descriptor, out var status);
        Close(frame.Descriptor);
        frames[far] = frame with { Descriptor = -1, Device = status.Device, Inode = status.Inode };
    }

    private void Leave()
    {
        var left = frames[^1];
        frames.RemoveAt(frames.Count - 1);
        if (pending.Count == 0)
        {
            // Nothing is left to do further up.
            Close(left.Descriptor);
            Dispose();
            return;
        }

        if (frames[^1].Descriptor < 0)
        {
            OpenAgain(left.Descriptor);
        }

        Close(left.Descriptor);
    }

    private void OpenAgain(int child)
    {
        var frame = frames[^1];
        var descriptor = OpenDirectory(child, ".."u8, true);
        if (
            descriptor < 0
            || Stat.ReadOpen(descriptor, out var status) != 0
            || status.Device != frame.Device
            || status.Inode != frame.Inode
        )
        {
            Close(descriptor);
            Close(child);
            var moved = BytePath.From(directory.Path[..frame.PathLength]);
            throw new UserError(
                $"The directory '{moved}' was moved while it was read.",
                "Run the command again when nothing moves directories."
            );
        }

        frames[^1] = frame with { Descriptor = descriptor };
    }

    private void AddPending(TreeDirectory parent, TreeEntry entry, int tag)
    {
        var needed = namesLength + entry.Name.Length;
        if (needed > names.Length)
        {
            Array.Resize(ref names, Math.Max(needed, names.Length * 2));
        }

        entry.Name.CopyTo(names.AsSpan(namesLength));
        pending.Add(new Pending(namesLength, entry.Name.Length, tag));
        namesLength = needed;
    }

    // A directory on the way from the root to the current one. Its pending children lie from FirstPending on.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Frame(int Descriptor, int FirstPending, int PathLength, ulong Device = 0, ulong Inode = 0);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Pending(int NameOffset, int NameLength, int Tag);
}
