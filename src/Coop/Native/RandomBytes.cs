using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>getentropy(3)</c>: what the kernel's generator gives, without a cryptographic library to start.</summary>
internal static unsafe partial class RandomBytes
{
    [LibraryImport("libc", SetLastError = true)]
    private static partial int getentropy(byte* buffer, nuint length);

    /// <summary>A random word in lower-case hexadecimal.</summary>
    /// <param name="bytes">Of randomness, half the length of the word; at most 256, which the call gives at once.</param>
    /// <exception cref="InvalidOperationException">The kernel has none to give.</exception>
    public static string Hexadecimal(int bytes)
    {
        var buffer = stackalloc byte[bytes];
        return getentropy(buffer, (nuint)bytes) == 0
            ? Convert.ToHexStringLower(new ReadOnlySpan<byte>(buffer, bytes))
            : throw new InvalidOperationException($"The kernel gives no random bytes ({Errno.Text(Errno.Last)}).");
    }
}
