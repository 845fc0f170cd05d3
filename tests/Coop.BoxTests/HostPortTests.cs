using System.Net;
using System.Net.Sockets;
using System.Text;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

/// <summary>COOP_HOST_PORTS: the one way from a box to the host's loopback.</summary>
public class HostPortTests
{
    // Sends a line, ends its half of the connection, and prints all that comes back.
    private const string Client = """
        import socket, sys
        for port in sys.argv[1].split(","):
            try:
                s = socket.create_connection(("127.0.0.1", int(port)), timeout=10)
                s.sendall(b"hello " + port.encode()); s.shutdown(socket.SHUT_WR)
                answer = b""
                while True:
                    part = s.recv(65536)
                    if not part: break
                    answer += part
                print(port, len(answer), answer[:5].decode())
            except OSError as error:
                print(port, type(error).__name__)
        """;

    public static TheoryData<BoxRig, string> RigsAndNetworks => BoxRigs.With("open", "none");

    [Theory]
    [MemberData(nameof(RigsAndNetworks))]
    public async Task A_listed_port_of_the_host_is_reached_at_its_own_address_and_no_other(BoxRig rig, string egress)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        using TcpListener listed = new(IPAddress.Loopback, 0);
        using TcpListener other = new(IPAddress.Loopback, 0);
        listed.Start();
        other.Start();
        var serving = AnswerAsync(listed);
        var port = ((IPEndPoint)listed.LocalEndpoint).Port;
        var closed = ((IPEndPoint)other.LocalEndpoint).Port;
        var run = repository
            .Coop("run", "--", "/usr/bin/python3", "-c", Client, $"{port},{closed}")
            .Environment("COOP_HOST_PORTS", $"{port}")
            .Environment("COOP_EGRESS", egress);
        var result = (await run.RunAsync()).Succeeded();
        Assert.Equal([$"{port} 1000000 xxxxx", $"{closed} ConnectionRefusedError"], result.Lines);
        Assert.Equal($"hello {port}", await serving);
        Assert.False(other.Pending());
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task A_listed_port_at_which_nobody_listens_breaks_the_connection(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        using TcpListener gone = new(IPAddress.Loopback, 0);
        gone.Start();
        var port = ((IPEndPoint)gone.LocalEndpoint).Port;
        gone.Stop();
        var run = repository
            .Coop("run", "--", "/usr/bin/python3", "-c", Client, $"{port}")
            .Environment("COOP_HOST_PORTS", $"{port}");
        Assert.Matches($"^{port} (ConnectionResetError|BrokenPipeError|OSError)\n$", (await run.RunAsync()).Succeeded().Out);
    }

    private static async Task<string> AnswerAsync(TcpListener listener)
    {
        var token = TestContext.Current.CancellationToken;
        using var connection = await listener.AcceptSocketAsync(token);
        StringBuilder asked = new();
        var buffer = new byte[256];
        int count;
        while ((count = await connection.ReceiveAsync(buffer, token)) > 0)
        {
            asked.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        var answer = new byte[1_000_000];
        answer.AsSpan().Fill((byte)'x');
        for (var sent = 0; sent < answer.Length; )
        {
            sent += await connection.SendAsync(answer.AsMemory(sent), token);
        }

        connection.Shutdown(SocketShutdown.Send);
        return asked.ToString();
    }
}
