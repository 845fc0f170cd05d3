using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class NetworkTests
{
    public static TheoryData<BoxRig, string> RigsAndModes => BoxRigs.With("open", "none");

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Egress_none_leaves_only_loopback(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var run = repository
            .Shell("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '; tail -n +2 /proc/net/route")
            .Environment("COOP_EGRESS", "none");
        Assert.Equal("lo\n", (await run.RunAsync()).Succeeded().Out);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Egress_open_has_a_way_out(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        const string Script = "awk '$2 == \"00000000\" { print \"default route\" }' /proc/net/route; cat /etc/resolv.conf";
        var result = (await repository.Shell(Script).RunAsync()).Succeeded();
        Assert.Contains("default route", result.Lines, StringComparer.Ordinal);
        Assert.Contains("nameserver ", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(RigsAndModes))]
    public async Task Loopback_of_the_box_works(BoxRig rig, string mode)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        const string Program = """
            import socket
            listener = socket.create_server(("127.0.0.1", 0))
            socket.create_connection(listener.getsockname(), 3)
            print("connected")
            """;
        Assert.Equal(
            "connected\n",
            (await repository.Python(Program).Environment("COOP_EGRESS", mode).RunAsync()).Succeeded().Out
        );
    }

    [Theory]
    [MemberData(nameof(RigsAndModes))]
    public async Task Loopback_of_the_host_is_out_of_reach(BoxRig rig, string mode)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        // Every gateway of the box, and the addresses under which engines and slirp offer the host.
        const string Program = """
            import socket, struct, sys
            hosts = ["127.0.0.1", "localhost", "10.0.2.2", "10.0.2.1", "169.254.1.2", "host.containers.internal", "host.docker.internal"]
            for line in open("/proc/net/route").read().splitlines()[1:]:
                gateway = int(line.split()[2], 16)
                if gateway: hosts.append(socket.inet_ntoa(struct.pack("<I", gateway)))
            for host in hosts:
                try:
                    socket.create_connection((host, int(sys.argv[1])), 2)
                    print("reached", host)
                except OSError:
                    pass
            """;
        var run = repository.Coop("run", "--", "/usr/bin/python3", "-c", Program, port.ToString(CultureInfo.InvariantCulture));
        var result = (await run.Environment("COOP_EGRESS", mode).RunAsync()).Succeeded();
        Assert.Equal("", result.Out);
        Assert.False(listener.Pending());
    }

    [Theory]
    [MemberData(nameof(RigsAndModes))]
    public async Task Abstract_sockets_of_the_host_are_out_of_reach(BoxRig rig, string mode)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        var name = $"coop-box-test-{HostProcesses.NewMarker()}";
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint($"\0{name}"));
        listener.Listen(1);
        const string Program = """
            import socket, sys
            try:
                socket.socket(socket.AF_UNIX).connect("\0" + sys.argv[1])
                print("reached")
            except OSError as error:
                print("refused", error.errno)
            """;
        var run = repository.Coop("run", "--", "/usr/bin/python3", "-c", Program, name);
        Assert.StartsWith(
            "refused",
            (await run.Environment("COOP_EGRESS", mode).RunAsync()).Succeeded().Out,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task Boxes_cannot_reach_each_other(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        const string Server = """
            import socket, time, fcntl, struct
            listener = socket.create_server(("0.0.0.0", 7777))
            probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            probe.connect(("192.0.2.1", 9))
            print("address", probe.getsockname()[0], flush=True)
            time.sleep(60)
            """;
        await using var server = repository.Python(Server).Start();
        await server.WaitForOutAsync("\n", TimeSpan.FromSeconds(30));
        var address = server.OutSoFar.Split(' ')[1].Trim();
        await using var other = await TemporaryRepository.CreateAsync(rig);
        const string Client = """
            import socket, sys
            own = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            own.connect(("192.0.2.1", 9))
            if own.getsockname()[0] == sys.argv[1]:
                print("both have one address: networks of their own")
            else:
                try:
                    socket.create_connection((sys.argv[1], 7777), 2)
                    print("REACHED")
                except OSError:
                    print("refused")
            """;
        var result = (await other.Coop("run", "--", "/usr/bin/python3", "-c", Client, address).RunAsync()).Succeeded();
        Assert.DoesNotContain("REACHED", result.Out, StringComparison.Ordinal);
        server.Signal(HostSignal.Terminate);
        await server.WaitAsync(TimeSpan.FromSeconds(15));
    }
}
