using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Coop.Boxes;
using Coop.Errors;
using Coop.Formats;
using Coop.Native;

namespace Coop.Egress;

/// <summary>
/// The host's end of <c>COOP_HOST_PORTS</c>: a socket in the lifeline's directory. Whoever connects to it in the box names a port of the list and is connected to the
/// host's loopback there; nothing else is reached by it.
/// </summary>
internal sealed class HostPorts : IEgress
{
    private const int Backlog = 128;

    // Local programs answer at once.
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(10);

    private const UnixFileMode ForAll =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;

    public IDisposable? Open(BoxPlan plan, string lineDirectory) =>
        plan.HostPorts.Count == 0 ? null : Server.Start(plan.HostPorts, lineDirectory);

    private sealed class Server : IDisposable
    {
        private readonly CancellationTokenSource end = new();
        private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private readonly HashSet<int> ports;
        private readonly string path;

        private Server(IReadOnlyList<int> ports, string directory)
        {
            this.ports = [.. ports];
            path = Path.Combine(directory, GuestProtocol.PortSocketName);
        }

        public static Server Start(IReadOnlyList<int> ports, string directory)
        {
            Server server = new(ports, directory);
            try
            {
                server.Listen(directory);
                return server;
            }
            catch (Exception cause) when (cause is SocketException or IOException)
            {
                server.Dispose();
                throw new UserError(
                    $"The way to the host's ports, '{server.path}', cannot be made: {cause.Message.TrimEnd('.')}.",
                    "Free some space, or unset COOP_HOST_PORTS.",
                    cause: cause
                );
            }
        }

        public void Dispose()
        {
            end.Cancel();
            listener.Dispose();
            File.Delete(path);
        }

        private void Listen(string directory)
        {
            // The structure of a socket's address holds about a hundred bytes, a state directory can be deeper: go through the directory's descriptor.
            var descriptor = FileControl.OpenToRead(directory);
            try
            {
                var address =
                    descriptor >= 0 && OperatingSystem.IsLinux()
                        ? $"/proc/self/fd/{descriptor}/{GuestProtocol.PortSocketName}"
                        : path;
                listener.Bind(new UnixDomainSocketEndPoint(address));
            }
            finally
            {
                _ = Unistd.close(descriptor);
            }

            // The box's user may be another one; the directory above is the caller's alone.
            File.SetUnixFileMode(path, ForAll);
            listener.Listen(Backlog);
            _ = AcceptAsync();
        }

        private async Task AcceptAsync()
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    _ = ServeAsync(await listener.AcceptAsync(end.Token));
                }
                catch (Exception cause) when (cause is OperationCanceledException or ObjectDisposedException)
                {
                    return;
                }
                catch (SocketException)
                {
                    // Out of descriptors, or a client that was gone already: the next one may do better.
                    await Task.Delay(100, CancellationToken.None);
                }
            }
        }

        private async Task ServeAsync(Socket box)
        {
            using (box)
            {
                try
                {
                    if (await ReadPortAsync(box) is { } port && ports.Contains(port))
                    {
                        using var host = await ConnectAsync(port);
                        await box.SendAsync(PortRequest.Granted, SocketFlags.None, end.Token);
                        await PortRelay.RunAsync(box, host, end.Token);
                    }
                }
                catch (Exception cause) when (cause is SocketException or OperationCanceledException or ObjectDisposedException)
                {
                    // Nobody listens on that port, or one side is gone: the box's program sees its connection end.
                }
            }
        }

        private async Task<int?> ReadPortAsync(Socket box)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
            limit.CancelAfter(RequestLimit);
            var request = new byte[PortRequest.Length];
            for (var filled = 0; filled < request.Length; )
            {
                var count = await box.ReceiveAsync(request.AsMemory(filled), SocketFlags.None, limit.Token);
                if (count == 0)
                {
                    return null;
                }

                filled += count;
            }

            return BinaryPrimitives.ReadUInt16BigEndian(request);
        }

        // Many servers listen on one of the two only.
        private async Task<Socket> ConnectAsync(int port)
        {
            try
            {
                return await ConnectAsync(IPAddress.Loopback, port);
            }
            catch (SocketException) when (Socket.OSSupportsIPv6)
            {
                return await ConnectAsync(IPAddress.IPv6Loopback, port);
            }
        }

        private async Task<Socket> ConnectAsync(IPAddress address, int port)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
            limit.CancelAfter(ConnectLimit);
            Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, limit.Token);
                return socket;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
