using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>syscall(2)</c>: a call by its number, whatever the C library has a name for. Linux only.</summary>
internal static partial class RawSystemCall
{
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint a, nint b, nint c, nint d, nint e);

    /// <summary>What it returned, or a negative error number.</summary>
    public static nint Make(uint number, params ReadOnlySpan<nint> arguments)
    {
        Span<nint> five = stackalloc nint[5];
        arguments.CopyTo(five);
        var result = Call((nint)number, five[0], five[1], five[2], five[3], five[4]);
        return result == -1 ? -Errno.Last : result;
    }
}
