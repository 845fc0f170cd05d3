using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>mkfifo(3)</c>: a pipe with a name.</summary>
internal static unsafe partial class Fifo
{
    private const uint OwnerOnly = 0x180;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mkfifo(byte* path, uint mode);

    /// <exception cref="IOException">It cannot be made.</exception>
    public static void Make(string path)
    {
        using CStringArray name = new([CString.From(path)]);
        if (mkfifo(name.Pointer[0], OwnerOnly) != 0)
        {
            throw new IOException($"The pipe '{path}' cannot be made: {Errno.Text(Errno.Last)}.");
        }
    }
}
