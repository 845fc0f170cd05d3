using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>readlink(2)</c> on bytes.</summary>
internal static unsafe partial class Links
{
    // Longer than PATH_MAX, which the kernel allows a link's text to reach.
    private const int BufferSize = 8192;

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint readlink(byte* path, byte* buffer, nuint size);

    /// <summary>What the link holds; null when it is none or cannot be read.</summary>
    public static byte[]? Read(ReadOnlySpan<byte> path)
    {
        using CStringArray name = new([CString.From(path)]);
        var buffer = new byte[BufferSize];
        fixed (byte* start = buffer)
        {
            var length = readlink(name.Pointer[0], start, BufferSize);
            return length < 0 ? null : buffer[..(int)length];
        }
    }
}
