using System.Net.Sockets;

namespace Coop.Egress;

/// <summary>Carries bytes between two connections, each direction until its own end.</summary>
internal static class PortRelay
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Returns when both directions have ended; closes neither socket.</summary>
    public static async Task RunAsync(Socket left, Socket right, CancellationToken cancellationToken)
    {
        await Task.WhenAll(CarryAsync(left, right, cancellationToken), CarryAsync(right, left, cancellationToken));
    }

    /// <summary>Ends a connection so that its other side sees a failure, not an orderly end.</summary>
    public static void Reset(Socket socket)
    {
        if (socket.AddressFamily != AddressFamily.Unix)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        socket.Close();
    }

    private static async Task CarryAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, SocketFlags.None, cancellationToken)) > 0)
            {
                for (var done = 0; done < count; )
                {
                    done += await to.SendAsync(buffer.AsMemory(done, count - done), SocketFlags.None, cancellationToken);
                }
            }

            // The other direction may go on: HTTP clients close their half first.
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception cause) when (cause is SocketException or ObjectDisposedException)
        {
            // One side broke off, which is the end of the other one too.
            from.Close();
            to.Close();
        }
    }
}
