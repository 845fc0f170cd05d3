using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>realpath(3)</c> on bytes.</summary>
internal static unsafe partial class RealPath
{
    // PATH_MAX of Linux; macOS needs 1024.
    private const int BufferSize = 4096;

    [LibraryImport("libc", SetLastError = true)]
    private static partial byte* realpath(byte* path, byte* resolved);

    /// <summary>Null when the path does not exist or is longer than PATH_MAX.</summary>
    public static byte[]? Resolve(ReadOnlySpan<byte> path)
    {
        using CStringArray name = new([CString.From(path)]);
        var buffer = stackalloc byte[BufferSize];
        return realpath(name.Pointer[0], buffer) is null
            ? null
            : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer).ToArray();
    }
}
