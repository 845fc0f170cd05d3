using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>termios.h</c> and the window size of <c>sys/ioctl.h</c>. The structure is kept as bytes: Coop only saves, makes raw and restores it.</summary>
internal static unsafe partial class Termios
{
    // 60 bytes on Linux, 72 on macOS.
    private const int StructureSize = 128;
    private const int TCSANOW = 0;

    private static nuint WindowSizeGet => OperatingSystem.IsMacOS() ? 0x40087468u : 0x5413u;

    private static nuint WindowSizeSet => OperatingSystem.IsMacOS() ? 0x80087467u : 0x5414u;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcgetattr(int fd, byte* settings);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcsetattr(int fd, int when, byte* settings);

    [LibraryImport("libc")]
    private static partial void cfmakeraw(byte* settings);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int fd, nuint request, WindowSize* size);

    /// <summary>The terminal's settings, or null when the descriptor is no terminal.</summary>
    public static byte[]? Save(int fd)
    {
        var settings = new byte[StructureSize];
        fixed (byte* start = settings)
        {
            return tcgetattr(fd, start) == 0 ? settings : null;
        }
    }

    public static void Restore(int fd, byte[] settings)
    {
        fixed (byte* start = settings)
        {
            _ = tcsetattr(fd, TCSANOW, start);
        }
    }

    public static void MakeRaw(int fd, byte[] settings)
    {
        var raw = (byte[])settings.Clone();
        fixed (byte* start = raw)
        {
            cfmakeraw(start);
            _ = tcsetattr(fd, TCSANOW, start);
        }
    }

    /// <summary>Null when the descriptor is no terminal.</summary>
    public static WindowSize? SizeOf(int fd)
    {
        WindowSize size;
        return ioctl(fd, WindowSizeGet, &size) == 0 ? size : null;
    }

    public static void Resize(int fd, WindowSize size) => _ = ioctl(fd, WindowSizeSet, &size);
}
