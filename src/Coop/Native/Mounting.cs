using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>The mount calls of Linux 5.12 and newer; the numbers are the same on every architecture. Paths end up as the kernel's bytes.</summary>
internal static unsafe partial class Mounting
{
    private const int SYS_open_tree = 428;
    private const int SYS_move_mount = 429;
    private const int SYS_mount_setattr = 442;
    private const int AT_FDCWD = -100;
    private const uint AT_RECURSIVE = 0x8000;
    private const uint OPEN_TREE_CLONE = 1;
    private const uint OPEN_TREE_CLOEXEC = 0x80000;
    private const uint AT_EMPTY_PATH = 0x1000;
    private const uint MOVE_MOUNT_F_EMPTY_PATH = 4;
    private const ulong MOUNT_ATTR_IDMAP = 0x00100000;
    private const ulong MOUNT_ATTR_RDONLY = 1;
    private const ulong MS_REC = 0x4000;
    private const ulong MS_PRIVATE = 1 << 18;
    private const int MNT_DETACH = 2;
    private const int CLONE_NEWNS = 0x00020000;

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint a, void* b, nint c, void* d, nint e);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mount(byte* source, byte* target, byte* type, nuint flags, void* options);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int umount2(byte* target, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unshare(int flags);

    /// <summary>A mount namespace of its own for the calling thread, from which nothing spreads back. 0, or a negative error number.</summary>
    public static int EnterPrivateNamespace()
    {
        if (unshare(CLONE_NEWNS) != 0)
        {
            return -Errno.Last;
        }

        using CStringArray words = new([CString.From("none"), CString.From("/")]);
        return mount(words.Pointer[0], words.Pointer[1], null, (nuint)(MS_REC | MS_PRIVATE), null) == 0 ? 0 : -Errno.Last;
    }

    /// <summary>Mounts an empty memory file system. 0, or a negative error number.</summary>
    public static int Memory(CString target)
    {
        using CStringArray words = new([CString.From("tmpfs"), target, CString.From("mode=0755")]);
        return mount(words.Pointer[0], words.Pointer[1], words.Pointer[0], 0, words.Pointer[2]) == 0 ? 0 : -Errno.Last;
    }

    /// <summary>
    /// Binds source over target with all that is mounted below it, its owners shown through a user namespace's mapping when one is given.
    /// 0, or a negative error number.
    /// </summary>
    /// <param name="userNamespace">A descriptor of a user namespace; null shows owners as they are.</param>
    public static int Bind(CString source, CString target, int? userNamespace, bool readOnly)
    {
        using CStringArray words = new([source, target, CString.From("")]);
        var tree = (int)syscall(
            SYS_open_tree,
            AT_FDCWD,
            words.Pointer[0],
            (nint)(OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE),
            null,
            0
        );
        if (tree < 0)
        {
            return -Errno.Last;
        }

        try
        {
            MountAttributes attributes = new()
            {
                Set = (userNamespace is null ? 0 : MOUNT_ATTR_IDMAP) | (readOnly ? MOUNT_ATTR_RDONLY : 0),
                UserNamespace = (ulong)(userNamespace ?? 0),
            };
            if (
                attributes.Set != 0
                && syscall(
                    SYS_mount_setattr,
                    tree,
                    words.Pointer[2],
                    (nint)(AT_EMPTY_PATH | AT_RECURSIVE),
                    &attributes,
                    sizeof(MountAttributes)
                ) != 0
            )
            {
                return -Errno.Last;
            }

            return MoveMount(tree, words.Pointer[2], words.Pointer[1]);
        }
        finally
        {
            _ = Unistd.close(tree);
        }
    }

    /// <summary>Takes a mount away, at once for new users and in the end for those inside. 0, or a negative error number.</summary>
    public static int Unmount(CString target)
    {
        using CStringArray words = new([target]);
        return umount2(words.Pointer[0], MNT_DETACH) == 0 ? 0 : -Errno.Last;
    }

    // move_mount(from_fd, from_path, to_fd, to_path, flags): five arguments in another order of types than the calls above.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint MoveMountCall(nint number, nint fromFd, byte* fromPath, nint toFd, byte* toPath, nint flags);

    private static int MoveMount(int tree, byte* empty, byte* target) =>
        MoveMountCall(SYS_move_mount, tree, empty, AT_FDCWD, target, (nint)MOVE_MOUNT_F_EMPTY_PATH) == 0 ? 0 : -Errno.Last;

    // struct mount_attr of linux/mount.h.
    [StructLayout(LayoutKind.Sequential)]
    private struct MountAttributes
    {
        public ulong Set;
        public ulong Clear;
        public ulong Propagation;
        public ulong UserNamespace;
    }
}
