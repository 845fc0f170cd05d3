using Coop.Boxes;
using Coop.BoxPlanning;
using Coop.Configuration;
using Coop.Errors;
using Coop.Native;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Engines;

/// <summary>The whole command of each engine, one word a line.</summary>
public class EngineArgumentsTests
{
    [Theory]
    [InlineData("docker", false)]
    [InlineData("docker", true)]
    [InlineData("podman", false)]
    [InlineData("podman", true)]
    [InlineData("container", false)]
    [InlineData("bwrap", false)]
    [InlineData("bwrap", true)]
    public void A_plain_box_is_this_command(string engine, bool byRoot)
    {
        var facts = SomeFacts.On(Kind(engine)).Hiding(".env", "keys/");
        var plan = BoxPlanner.Plan(
            new BoxRequest(BoxRole.Run, CString.List("make", "test"), null),
            byRoot ? facts.ByRoot() : facts,
            SomeSettings.With()
        );
        Snapshot.Match(Lines(plan), test: $"A_plain_box.{engine}{(byRoot ? ".root" : "")}");
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    public void Limits_network_terminal_and_own_arguments_become_words(string engine)
    {
        var plan = SomePlan.On(Kind(engine)) with
        {
            Egress = EgressMode.None,
            HasTerminal = true,
            Limits = new BoxLimits(new Cap<int>(null, true), new Cap<long>(1 << 30, true), new Cap<decimal>(1.5m, true)),
            ExtraArguments = ["--gpus", "all"],
            Environment = [new("A", "b c\nd")],
            Command = [CString.From([(byte)'a', 0xff])],
        };
        Snapshot.Match(Lines(plan), test: $"Everything_else.{engine}");
    }

    [Fact]
    public void Bubblewrap_takes_any_bytes_as_they_are()
    {
        byte[] name = [(byte)'/', 0xff, (byte)'\r', (byte)','];
        var plan = SomePlan.On(EngineKind.Bubblewrap) with
        {
            Mounts = [new(MountPurpose.Hidden, BytePath.From("/empty"), BytePath.From(name), IsReadOnly: true)],
            WorkingDirectory = BytePath.From(name),
            Command = [CString.From(name)],
        };
        var words = Engine(EngineKind.Bubblewrap).Render(plan).Arguments;
        Assert.Equal(3, words.Count(word => word.Bytes.SequenceEqual(name)));
        Assert.Equal(CString.From(name), words[^1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Very_many_masks_are_mounted_around_bubblewrap(bool byRoot)
    {
        var facts = SomeFacts.On(EngineKind.Bubblewrap).Hiding([.. Enumerable.Range(0, 5000).Select(i => $"{i:0000}.key")]);
        var plan = BoxPlanner.Plan(
            new BoxRequest(BoxRole.Run, CString.List("make", "test"), null),
            byRoot ? facts.ByRoot() : facts,
            SomeSettings.With()
        );
        Snapshot.Match(Lines(plan), test: $"Very_many_masks{(byRoot ? ".root" : "")}");
    }

    [Fact]
    public void A_network_comes_and_goes_with_egress_on_bubblewrap_only_by_its_attachment()
    {
        var plan = SomePlan.On(EngineKind.Bubblewrap);
        Assert.Equal(Lines(plan), Lines(plan with { Egress = EgressMode.None }));
        Assert.Contains("--unshare-net", Lines(plan), StringComparison.Ordinal);
        Assert.Null(Engine(EngineKind.Bubblewrap).Attach(plan with { Egress = EgressMode.None }, processId: 1));
    }

    [Theory]
    [InlineData("bwrap", "memory", "bubblewrap cannot limit memory.")]
    [InlineData("bwrap", "cpus", "bubblewrap cannot limit processors.")]
    [InlineData("container", "pids", "Apple's container cannot limit processes.")]
    [InlineData("container", "egress", "Apple's container cannot start a box without network.")]
    public void What_an_engine_cannot_keep_it_refuses(string engine, string what, string message)
    {
        var plan = SomePlan.On(Kind(engine));
        var limits = plan.Limits;
        plan = what switch
        {
            "memory" => plan with { Limits = limits with { Memory = new Cap<long>(1 << 30, true) } },
            "cpus" => plan with { Limits = limits with { Cpus = new Cap<decimal>(1, true) } },
            "pids" => plan with { Limits = limits with { Pids = new Cap<int>(100, true) } },
            "egress" => plan with { Egress = EgressMode.None },
            _ => throw new InvalidOperationException(what),
        };
        Assert.Equal(message, Assert.Throws<UserError>(() => Engine(Kind(engine)).Render(plan)).Message);
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    public void More_mounts_than_arguments_can_carry_are_refused_with_the_way_out(string engine)
    {
        var many = Enumerable
            .Range(0, 20_000)
            .Select(i => SomePlan.Bind("/state/coop/empty/file", $"/home/ada/project/some/path/{i}/.env", true));
        var plan = SomePlan.On(Kind(engine)) with { Mounts = [.. many] };
        var error = Assert.Throws<UserError>(() => Engine(Kind(engine)).Render(plan));
        Assert.Equal("The box needs 20000 mounts, more than an engine's arguments can carry.", error.Message);
        Assert.Equal("Run it on bubblewrap, which takes any number: COOP_RUNTIME=bwrap coop …", error.Hint);
    }

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    [InlineData("container")]
    [InlineData("bwrap")]
    public void A_secret_is_in_no_argument(string engine)
    {
        var plan = SomePlan.On(Kind(engine)) with { SecretEnvironment = [CString.From("KEY=sesame")] };
        Assert.DoesNotContain("sesame", Lines(plan), StringComparison.Ordinal);
    }

    private static EngineKind Kind(string name) => EngineNames.Find(name)!.Value;

    private static string Lines(BoxPlan plan) =>
        string.Join('\n', ScriptedProcessRunner.Words(Engine(plan.Engine).Render(plan)).Append(""));

    private static IContainerEngine Engine(EngineKind kind)
    {
        ScriptedProcessRunner nothing = new();
        return kind switch
        {
            EngineKind.Docker => new DockerEngine(nothing),
            EngineKind.Podman => new PodmanEngine(nothing),
            EngineKind.AppleContainer => new AppleEngine(nothing),
            EngineKind.Bubblewrap => new BubblewrapEngine(nothing, "/usr/local/bin/coop"),
            _ => throw new InvalidOperationException($"{kind}"),
        };
    }
}
