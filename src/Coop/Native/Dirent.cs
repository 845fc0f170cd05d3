using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>
/// <c>dirent.h</c>: the entries of a directory as the kernel hands them out: names are bytes, and type and inode number come
/// without a <c>stat</c>.
/// </summary>
internal static unsafe partial class Dirent
{
    /// <summary>The file system does not say.</summary>
    public const byte DT_UNKNOWN = 0;

    public const byte DT_FIFO = 1;
    public const byte DT_CHR = 2;
    public const byte DT_DIR = 4;
    public const byte DT_BLK = 6;
    public const byte DT_REG = 8;
    public const byte DT_LNK = 10;
    public const byte DT_SOCK = 12;

    // One record: inode (8 bytes), offset (8), record length (2), type (1), name with its NUL.
    public const int LengthOffset = 16;
    public const int TypeOffset = 18;
    public const int NameOffset = 19;

    private const nint CallOnX64 = 217;
    private const nint CallOnArm = 61;

    /// <summary>Fills the buffer with the next records of an open directory.</summary>
    /// <returns>The bytes written, 0 at the end, -1 with the reason in <see cref="Marshal.GetLastPInvokeError"/>.</returns>
    public static nint Read(int descriptor, Span<byte> buffer)
    {
        var call = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? CallOnArm : CallOnX64;
        fixed (byte* start = buffer)
        {
            return Syscall(call, descriptor, start, buffer.Length);
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall(nint number, nint descriptor, byte* buffer, nint size);
}
