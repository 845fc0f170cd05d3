using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>TCP over IPv4 of <c>netinet/in.h</c>: one listener and a few connections that are only tried. The runtime's own sockets would start threads for it.</summary>
internal static unsafe partial class InternetSocket
{
    private const ushort AF_INET = 2;
    private const int SOCK_STREAM = 1;
    private const int AddressBytes = 16;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int bind(int fd, byte* address, uint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int listen(int fd, int backlog);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int connect(int fd, byte* address, uint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getsockname(int fd, byte* address, uint* length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getsockopt(int fd, int level, int option, void* value, uint* length);

    private static int InProgress => OperatingSystem.IsMacOS() ? 36 : 115;

    private static int SocketLevel => OperatingSystem.IsMacOS() ? 0xffff : 1;

    private static int SocketError => OperatingSystem.IsMacOS() ? 0x1007 : 4;

    /// <summary>A socket that listens on 127.0.0.1; the descriptor is a negative error number when there is none.</summary>
    /// <param name="wanted">0 is a port of the kernel's choice.</param>
    public static (int Descriptor, int Port) ListenOnLoopback(int wanted = 0)
    {
        var fd = Open();
        if (fd < 0)
        {
            return (fd, 0);
        }

        var address = stackalloc byte[AddressBytes];
        Fill(address, 0x7f000001, wanted);
        uint length = AddressBytes;
        if (bind(fd, address, length) == 0 && listen(fd, 128) == 0 && getsockname(fd, address, &length) == 0)
        {
            return (fd, BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(address + 2, 2)));
        }

        var errno = Errno.Last;
        _ = Unistd.close(fd);
        return (-errno, 0);
    }

    /// <summary>
    /// Starts a connection without waiting for it: a descriptor to poll for writing, or a negative error number.
    /// </summary>
    /// <param name="address">In the host's byte order: 127.0.0.1 is 0x7f000001.</param>
    public static int StartConnecting(uint address, int port)
    {
        var fd = Open();
        if (fd < 0)
        {
            return fd;
        }

        Descriptor.DoNotWait(fd);
        var to = stackalloc byte[AddressBytes];
        Fill(to, address, port);
        if (connect(fd, to, AddressBytes) == 0 || Errno.Last == InProgress)
        {
            return fd;
        }

        var errno = Errno.Last;
        _ = Unistd.close(fd);
        return -errno;
    }

    /// <summary>How a connection ended that <c>poll</c> has news of: 0 when it stands, otherwise an error number.</summary>
    public static int Result(int fd)
    {
        int error;
        uint length = sizeof(int);
        return getsockopt(fd, SocketLevel, SocketError, &error, &length) == 0 ? error : Errno.Last;
    }

    private static int Open()
    {
        var fd = socket(AF_INET, SOCK_STREAM, 0);
        if (fd < 0)
        {
            return -Errno.Last;
        }

        Descriptor.CloseOnExec(fd);
        return fd;
    }

    // struct sockaddr_in; macOS has a length byte first and the family second.
    private static void Fill(byte* place, uint address, int port)
    {
        new Span<byte>(place, AddressBytes).Clear();
        place[OperatingSystem.IsMacOS() ? 1 : 0] = (byte)AF_INET;
        BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(place + 2, 2), (ushort)port);
        BinaryPrimitives.WriteUInt32BigEndian(new Span<byte>(place + 4, 4), address);
    }
}
