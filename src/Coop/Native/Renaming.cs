using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>renameat(2)</c>.</summary>
internal static unsafe partial class Renaming
{
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int renameat(int oldDirectory, byte* oldPath, int newDirectory, byte* newPath);
}
