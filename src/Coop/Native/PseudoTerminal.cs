using System.Runtime.InteropServices;
using System.Text;

namespace Coop.Native;

/// <summary>Opens a pseudo terminal through <c>/dev/ptmx</c>; Linux only.</summary>
internal static unsafe partial class PseudoTerminal
{
    private const int O_RDWR = 2;
    private const int O_NOCTTY = 0x100;
    private const int O_CLOEXEC = 0x80000;
    private const nuint TIOCSPTLCK = 0x40045431;
    private const nuint TIOCGPTN = 0x80045430;
    private const nuint TIOCSCTTY = 0x540E;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int open(byte* path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int fd, nuint request, int* argument);

    /// <summary>The master and the slave, both closed on exec; null with the reason in <see cref="Errno.Last"/>.</summary>
    public static (int Master, int Slave)? Open()
    {
        var master = OpenPath("/dev/ptmx");
        if (master < 0)
        {
            return null;
        }

        var unlock = 0;
        int number;
        if (ioctl(master, TIOCSPTLCK, &unlock) != 0 || ioctl(master, TIOCGPTN, &number) != 0)
        {
            return null;
        }

        var slave = OpenPath($"/dev/pts/{number}");
        return slave < 0 ? null : (master, slave);
    }

    /// <summary>Makes the terminal the controlling one of this process's session, which it must lead.</summary>
    public static bool Control(int slave) => ioctl(slave, TIOCSCTTY, null) == 0;

    private static int OpenPath(string path)
    {
        fixed (byte* bytes = Encoding.ASCII.GetBytes(path + "\0"))
        {
            return open(bytes, O_RDWR | O_NOCTTY | O_CLOEXEC, 0);
        }
    }
}
