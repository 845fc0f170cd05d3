using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using Coop.Egress;
using Coop.Formats;

namespace Coop.Guest;

/// <summary>
/// The box's end of <c>COOP_HOST_PORTS</c>, a process of its own: takes connections on the box's loopback and carries each over the socket to the host. The listening
/// sockets were opened by the first process, so the command never meets a closed port.
/// </summary>
internal static class PortForwarder
{
    /// <param name="words"><c>PORT=DESCRIPTOR</c> for each port.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        List<Task> listening = [];
        foreach (var word in words)
        {
            if (
                word.Split('=') is not [var name, var number]
                || !ushort.TryParse(name, CultureInfo.InvariantCulture, out var port)
                || !int.TryParse(number, CultureInfo.InvariantCulture, out var descriptor)
            )
            {
                return GuestExit.BoxBroken;
            }

            listening.Add(ListenAsync(new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)), port));
        }

        await Task.WhenAll(listening);
        return 0;
    }

    private static async Task ListenAsync(Socket listener, ushort port)
    {
        while (true)
        {
            try
            {
                _ = ForwardAsync(await listener.AcceptAsync(), port);
            }
            catch (SocketException)
            {
                // Out of descriptors for a moment, or a client that was gone already.
                await Task.Delay(100);
            }
        }
    }

    private static async Task ForwardAsync(Socket client, ushort port)
    {
        using Socket host = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            client.NoDelay = true;
            await host.ConnectAsync(
                new UnixDomainSocketEndPoint($"{GuestProtocol.LineDirectory}/{GuestProtocol.PortSocketName}")
            );
            var request = new byte[PortRequest.Length];
            BinaryPrimitives.WriteUInt16BigEndian(request, port);
            await host.SendAsync(request);

            // Until somebody on the host answers, the program in the box must not take its connection for a good one's end.
            if (await host.ReceiveAsync(new byte[PortRequest.Granted.Length]) != PortRequest.Granted.Length)
            {
                PortRelay.Reset(client);
                return;
            }

            await PortRelay.RunAsync(client, host, CancellationToken.None);
            client.Dispose();
        }
        catch (SocketException)
        {
            PortRelay.Reset(client);
        }
    }
}
