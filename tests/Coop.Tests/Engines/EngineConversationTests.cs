using Coop.Configuration;
using Coop.Errors;
using Coop.Native;
using Coop.TestKit;
using Xunit;

namespace Coop.Engines;

/// <summary>What engines ask of their programs besides starting a box.</summary>
public class EngineConversationTests
{
    private const string NoNetwork = "docker: Error response from daemon: network coop-boxes not found.\n";

    private static readonly string[] CreateNetwork =
    [
        "docker",
        "network",
        "create",
        "--driver=bridge",
        "--opt=com.docker.network.bridge.enable_icc=false",
        "--label=coop.role=network",
        "coop-boxes",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, "", true)]
    [InlineData(1, "Error response from daemon: network with name coop-boxes already exists\n", true)]
    [InlineData(1, "Error response from daemon: could not find an available address pool\n", false)]
    public async Task Docker_makes_the_network_of_boxes_when_it_is_missing(int exitCode, string error, bool expected)
    {
        using var processes = new ScriptedProcessRunner().Expect(CreateNetwork, exitCode, error: error);
        Assert.Equal(expected, await new DockerEngine(processes).RepairAsync(SomePlan.On(EngineKind.Docker), NoNetwork, Token));
    }

    [Fact]
    public async Task Docker_repairs_nothing_else()
    {
        using ScriptedProcessRunner processes = new();
        Assert.False(await new DockerEngine(processes).RepairAsync(SomePlan.On(EngineKind.Docker), "No such image", Token));
    }

    [Fact]
    public async Task Containers_are_removed_with_their_volumes_running_or_not()
    {
        using var processes = new ScriptedProcessRunner()
            .Expect(["docker", "rm", "--force", "--volumes", "coop-x"], exitCode: 1, error: "Error: No such container: coop-x")
            .Expect(["podman", "rm", "--force", "--ignore", "--volumes", "--time=0", "coop-x"])
            .Expect(["container", "rm", "--force", "coop-x"])
            .ExpectMissing(["docker", "rm", "--force", "--volumes", "coop-y"]);
        await new DockerEngine(processes).RemoveAsync("coop-x", Token);
        await new PodmanEngine(processes).RemoveAsync("coop-x", Token);
        await new AppleEngine(processes).RemoveAsync("coop-x", Token);
        await new BubblewrapEngine(processes, "/coop").RemoveAsync("coop-x", Token);
        await new DockerEngine(processes).RemoveAsync("coop-y", Token);
    }

    [Fact]
    public async Task An_engine_that_answers_has_no_problem()
    {
        using var processes = new ScriptedProcessRunner()
            .Expect(["docker", "version", "--format", "{{.Server.Version}}"], output: "20.10.24\n")
            .Expect(["podman", "version", "--format", "{{.Client.Version}}"], output: "4.3.1\n")
            .Expect(["container", "system", "status"])
            .Expect(["bwrap", "--unshare-user", "--ro-bind", "/", "/", "true"]);
        Assert.Null(await new DockerEngine(processes).ProbeAsync(Token));
        Assert.Null(await new PodmanEngine(processes).ProbeAsync(Token));
        Assert.Null(await new AppleEngine(processes).ProbeAsync(Token));
        Assert.Null(await new BubblewrapEngine(processes, "/coop").ProbeAsync(Token));
    }

    [Fact]
    public async Task A_cancelled_question_is_cancelled_and_no_answer()
    {
        using var processes = new ScriptedProcessRunner().ExpectHanging(["container", "system", "status"]);
        using CancellationTokenSource cancel = new();
        var probe = new AppleEngine(processes).ProbeAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
    }

    [Fact]
    public async Task Bubblewrap_that_may_not_make_namespaces_says_what_to_look_at()
    {
        using var processes = new ScriptedProcessRunner().Expect(
            ["bwrap", "--unshare-user", "--ro-bind", "/", "/", "true"],
            exitCode: 1,
            error: "bwrap: setting up uid map: Permission denied\n"
        );
        var error = await new BubblewrapEngine(processes, "/coop").ExplainAsync(SomePlan.On(EngineKind.Bubblewrap), 1, "", Token);
        Assert.Equal("bubblewrap cannot make user namespaces on this machine.", error.Message);
    }

    [Fact]
    public async Task Bubblewrap_that_is_missing_says_so()
    {
        using var processes = new ScriptedProcessRunner().ExpectMissing([
            "bwrap",
            "--unshare-user",
            "--ro-bind",
            "/",
            "/",
            "true",
        ]);
        var error = await new BubblewrapEngine(processes, "/coop").ExplainAsync(SomePlan.On(EngineKind.Bubblewrap), 1, "", Token);
        Assert.Equal("bwrap is not installed, or cannot be started.", error.Message);
        Assert.Equal("Install it: sudo apt-get install bubblewrap slirp4netns", error.Hint);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_box_that_shall_have_a_network_does_not_start_without_slirp4netns(bool isRoot)
    {
        string[] words =
        [
            .. isRoot ? (string[])["unshare", "--mount", "--propagation", "private", "--"] : [],
            "slirp4netns",
            "--configure",
            "--mtu=65520",
            "--disable-host-loopback",
            "--enable-seccomp",
            .. isRoot ? (string[])["--enable-sandbox"] : [],
            "--ready-fd=10",
            "--exit-fd=11",
            "--userns-path=/proc/self/fd/12",
            "--netns-type=path",
            "/proc/self/fd/13",
            "tap0",
        ];
        using var processes = new ScriptedProcessRunner().ExpectMissing(words, Errno.ENOENT);
        var error = Assert.Throws<UserError>(() => SlirpNetwork.Start(processes, isRoot, Environment.ProcessId));
        Assert.Equal("slirp4netns, which connects a bubblewrap box to the network, is not installed.", error.Message);
    }

    [Fact]
    public void A_box_whose_process_is_not_known_gets_no_network()
    {
        using ScriptedProcessRunner processes = new();
        Assert.Throws<UserError>(() => SlirpNetwork.Start(processes, isRoot: false, boxProcess: null));
    }
}
