using System.Net;
using System.Net.Sockets;
using System.Text;
using Coop.Configuration;
using Coop.Formats;
using Coop.TestKit;
using Xunit;

namespace Coop.Egress;

public sealed class HostPortsTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly TcpListener server = new(IPAddress.Loopback, 0);

    public HostPortsTests() => server.Start();

    private int Port => ((IPEndPoint)server.LocalEndpoint).Port;

    public void Dispose()
    {
        server.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void Without_ports_nothing_is_opened()
    {
        Assert.Null(new HostPorts().Open(SomePlan.On(EngineKind.Docker), directory.Path));
        Assert.Equal([], Directory.EnumerateFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task A_port_of_the_list_is_reached_and_each_direction_ends_by_itself()
    {
        using var opened = Open(Port);
        using var box = Connect(Port);
        using var host = await server.AcceptSocketAsync(Token);
        var one = new byte[1];
        Assert.Equal(1, await box.ReceiveAsync(one, Token));
        await box.SendAsync("question"u8.ToArray(), Token);
        box.Shutdown(SocketShutdown.Send);
        Assert.Equal("question", await ReadAllAsync(host));
        await host.SendAsync("answer"u8.ToArray(), Token);
        host.Shutdown(SocketShutdown.Send);
        Assert.Equal("answer", await ReadAllAsync(box));
    }

    [Fact]
    public async Task Another_port_of_the_host_is_out_of_reach()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        using var opened = Open(Port);
        using var box = Connect(((IPEndPoint)other.LocalEndpoint).Port);
        Assert.Equal("", await ReadAllAsync(box));
        Assert.False(other.Pending());
    }

    [Fact]
    public async Task A_port_at_which_nobody_listens_ends_the_connection()
    {
        server.Stop();
        using var opened = Open(1);
        using var box = Connect(1);
        Assert.Equal("", await ReadAllAsync(box));
    }

    [Fact]
    public void At_the_end_the_way_is_gone()
    {
        Open(Port).Dispose();
        Assert.Equal([], Directory.EnumerateFileSystemEntries(directory.Path));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IDisposable Open(int port) =>
        new HostPorts().Open(SomePlan.On(EngineKind.Docker) with { HostPorts = [port] }, directory.Path)!;

    private Socket Connect(int port)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(directory.PathOf(GuestProtocol.PortSocketName)));
        socket.Send([(byte)(port >> 8), (byte)port]);
        return socket;
    }

    private static async Task<string> ReadAllAsync(Socket socket)
    {
        StringBuilder text = new();
        var buffer = new byte[64];
        int count;
        while ((count = await socket.ReceiveAsync(buffer, Token)) > 0)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }
}
