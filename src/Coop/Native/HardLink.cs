using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>link(2)</c> and <c>linkat(2)</c>: a second name for a file.</summary>
internal static unsafe partial class HardLink
{
    [LibraryImport("libc", SetLastError = true)]
    private static partial int link(byte* existing, byte* added);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int linkat(int oldDirectory, byte* oldPath, int newDirectory, byte* newPath, int flags);

    /// <exception cref="IOException">The file system has none, or it cannot be made.</exception>
    public static void Make(string existing, string added)
    {
        using CStringArray names = new(CString.List(existing, added));
        if (link(names.Pointer[0], names.Pointer[1]) != 0)
        {
            throw new IOException($"The hard link '{added}' cannot be made: {Errno.Text(Errno.Last)}.");
        }
    }
}
