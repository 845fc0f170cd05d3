using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>The descriptor flags of <c>fcntl(2)</c>.</summary>
internal static unsafe partial class FileControl
{
    internal const int F_GETFD = 1;
    internal const int F_SETFD = 2;
    internal const int F_SETFL = 4;
    internal const int FD_CLOEXEC = 1;

    /// <summary>A copy with a number of at least the argument, closed on exec.</summary>
    internal static int F_DUPFD_CLOEXEC => OperatingSystem.IsMacOS() ? 67 : 1030;

    private static int ReadWithoutWaiting => OperatingSystem.IsMacOS() ? 0x0004 | 0x1000000 : 0x800 | 0x80000;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int open(byte* path, int flags, int mode);

    /// <summary>A descriptor that never waits for a writer and that no child inherits, or a negative error number.</summary>
    public static int OpenToRead(string path) => OpenToRead(CString.From(path));

    /// <inheritdoc cref="OpenToRead(string)"/>
    public static int OpenToRead(CString path)
    {
        using CStringArray name = new([path]);
        var fd = open(name.Pointer[0], ReadWithoutWaiting, 0);
        return fd < 0 ? -Errno.Last : fd;
    }

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fcntl(int fd, int command, int argument);
}
