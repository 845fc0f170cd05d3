using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>
/// <c>fcntl.h</c>, and the calls on the descriptors and names that it opens (<c>close</c>, <c>mkdirat</c>, <c>readlinkat</c>, <c>fsync</c>).
/// A result of -1 leaves the reason in <see cref="Marshal.GetLastPInvokeError"/>.
/// </summary>
internal static unsafe partial class Fcntl
{
    /// <summary>A relative name is looked up from the current directory.</summary>
    public const int AT_FDCWD = -100;

    public const int AT_SYMLINK_NOFOLLOW = 0x100;
    public const int AT_NO_AUTOMOUNT = 0x800;
    public const int AT_EMPTY_PATH = 0x1000;

    public const int O_RDONLY = 0;
    public const int O_WRONLY = 1;
    public const int O_RDWR = 2;
    public const int O_CREAT = 0x40;
    public const int O_EXCL = 0x80;
    public const int O_NOCTTY = 0x100;
    public const int O_APPEND = 0x400;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;
    public const int O_PATH = 0x200000;

    private const int OpenDirectoryOnX64 = 0x10000;
    private const int OpenDirectoryOnArm = 0x4000;
    private const int NoFollowOnX64 = 0x20000;
    private const int NoFollowOnArm = 0x8000;

    public static int O_DIRECTORY => IsArm ? OpenDirectoryOnArm : OpenDirectoryOnX64;

    public static int O_NOFOLLOW => IsArm ? NoFollowOnArm : NoFollowOnX64;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <param name="path">NUL-terminated.</param>
    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int directory, byte* path, int flags, uint mode);

    /// <param name="path">NUL-terminated.</param>
    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    public static partial int MakeDirectoryAt(int directory, byte* path, uint mode);

    /// <param name="path">NUL-terminated.</param>
    [LibraryImport("libc", EntryPoint = "fchownat", SetLastError = true)]
    public static partial int ChangeOwnerAt(int directory, byte* path, uint owner, uint group, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(int descriptor);

    /// <summary>Reads the text of a link.</summary>
    /// <returns>The number of bytes of the link's text, cut at <paramref name="size"/>; no NUL is written.</returns>
    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLinkAt(int directory, byte* path, byte* buffer, nint size);
}
