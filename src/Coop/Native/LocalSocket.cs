using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>
/// Stream sockets of <c>sys/un.h</c>, of which Coop needs four calls: the runtime's own sockets start threads that cost more than the
/// box's whole conversation. Descriptors are closed by their owner and inherited by no child.
/// </summary>
internal static unsafe partial class LocalSocket
{
    private const ushort AF_UNIX = 1;
    private const int SOCK_STREAM = 1;

    // sun_path is 108 bytes on Linux, 104 on macOS, its ending NUL included.
    private const int PathLimit = 103;
    private const int SOL_SOCKET = 1;
    private const int SO_PEERCRED = 17;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int bind(int fd, byte* address, uint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int listen(int fd, int backlog);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int accept(int fd, byte* address, uint* length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int connect(int fd, byte* address, uint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getsockopt(int fd, int level, int option, void* value, uint* length);

    /// <summary>A listening socket, or a negative error number.</summary>
    /// <param name="path">At most 103 bytes; longer ones are refused by the kernel's structure.</param>
    public static int Listen(ReadOnlySpan<byte> path) =>
        Open(path, static (fd, address, length) => bind(fd, address, length) != 0 ? -1 : listen(fd, 1));

    /// <summary>A connected socket, or a negative error number.</summary>
    public static int Connect(ReadOnlySpan<byte> path) =>
        Open(path, static (fd, address, length) => connect(fd, address, length));

    /// <summary>The next connection, or a negative error number.</summary>
    public static int Accept(int listener)
    {
        var fd = accept(listener, null, null);
        if (fd < 0)
        {
            return -Errno.Last;
        }

        Descriptor.CloseOnExec(fd);
        return fd;
    }

    /// <summary>The process at the other end as this process's namespace numbers it (Linux); null where the kernel does not tell.</summary>
    public static int? PeerProcess(int fd)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var credentials = stackalloc int[3];
        uint length = 3 * sizeof(int);
        return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, credentials, &length) == 0 && credentials[0] > 0 ? credentials[0] : null;
    }

    private delegate int AddressCall(int fd, byte* address, uint length);

    private static int Open(ReadOnlySpan<byte> path, AddressCall call)
    {
        if (path.Length > PathLimit)
        {
            return -Errno.EINVAL;
        }

        var fd = socket(AF_UNIX, SOCK_STREAM, 0);
        if (fd < 0)
        {
            return -Errno.Last;
        }

        Descriptor.CloseOnExec(fd);
        var address = stackalloc byte[PathLimit + 3];
        new Span<byte>(address, PathLimit + 3).Clear();

        // The family is two bytes on Linux; macOS has a length byte first and the family second.
        address[OperatingSystem.IsMacOS() ? 1 : 0] = (byte)AF_UNIX;
        path.CopyTo(new Span<byte>(address + 2, PathLimit));
        if (call(fd, address, (uint)(path.Length + 3)) == 0)
        {
            return fd;
        }

        var errno = Errno.Last;
        _ = Unistd.close(fd);
        return -errno;
    }
}
