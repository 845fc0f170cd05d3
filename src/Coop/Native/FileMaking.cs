using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>Size, mode and times of an open file: <c>ftruncate(2)</c>, <c>fchmod(2)</c>, <c>futimens(3)</c>.</summary>
internal static unsafe partial class FileMaking
{
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int ftruncate(int fd, long length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fchmod(int fd, uint mode);

    /// <param name="times">Two pairs of seconds and nanoseconds: read and modified.</param>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int futimens(int fd, long* times);
}
