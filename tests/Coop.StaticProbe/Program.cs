using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Coop.StaticProbe;

/// <summary>Does what needs TLS and names, in an executable that is linked as the shipped one. Words: see <see cref="RunAsync"/>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] words)
    {
#if STATIC_EXECUTABLE
        Native.StaticLibraries.AdaptToHost();
#endif
        try
        {
            await RunAsync(words);
            return 0;
        }
        catch (Exception cause) when (cause is AuthenticationException or SocketException or IOException)
        {
            await Console.Error.WriteLineAsync(cause.Message);
            return 1;
        }
    }

    private static async Task RunAsync(string[] words)
    {
        switch (words)
        {
            // The addresses of a name, one a line.
            case ["name", var name]:
                await PrintAddressesAsync(name);
                break;
            // The same, while this process itself is the name server on 127.0.0.1, port 53.
            case ["name-from-server", var name, var address]:
                using (NameServer server = new(IPAddress.Parse(address)))
                {
                    var answering = server.AnswerAsync();
                    await PrintAddressesAsync(name);
                    server.Dispose();
                    await answering;
                }
                break;
            // The name of the user, which is looked up as names of hosts are.
            case ["user"]:
                Console.WriteLine(Environment.UserName);
                break;
            // A handshake with a server on the loopback that should be NAME.
            case ["tls", var name, var port]:
                await ShakeHandsAsync(name, int.Parse(port, CultureInfo.InvariantCulture));
                break;
            default:
                throw new IOException($"What is '{string.Join(' ', words)}'?");
        }
    }

    private static async Task PrintAddressesAsync(string name)
    {
        foreach (var address in await Dns.GetHostAddressesAsync(name))
        {
            Console.WriteLine(address);
        }
    }

    private static async Task ShakeHandsAsync(string name, int port)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using SslStream stream = new(client.GetStream());
        await stream.AuthenticateAsClientAsync(name);
        Console.WriteLine($"{stream.SslProtocol} {stream.RemoteCertificate!.Subject}");
    }
}
