using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>Copies of file content without copying bytes: <c>ioctl_ficlone(2)</c>. Linux; elsewhere it always says no.</summary>
internal static partial class FileCloning
{
    // _IOW(0x94, 9, int), the same on every architecture Coop is built for.
    private const nuint FICLONE = 0x40049409;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int fd, nuint request, nint argument);

    /// <summary>The target shares the source's blocks until one of them is written; false where the file system has no such thing.</summary>
    public static bool TryShare(int source, int target) => OperatingSystem.IsLinux() && ioctl(target, FICLONE, source) == 0;
}
