using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>unlinkat(2)</c>, <c>fchmodat(2)</c> and <c>symlinkat(2)</c>: names below an open directory.</summary>
internal static unsafe partial class FileRemoval
{
    public static int RemoveDirectoryFlag => OperatingSystem.IsMacOS() ? 0x80 : 0x200;

    /// <summary>39 on Linux, 66 on macOS.</summary>
    public static int DirectoryNotEmpty => OperatingSystem.IsMacOS() ? 66 : 39;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int unlinkat(int directory, byte* path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fchmodat(int directory, byte* path, uint mode, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int symlinkat(byte* target, int directory, byte* path);
}
