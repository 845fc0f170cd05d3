using Coop.Boxes;
using Coop.Configuration;
using Coop.Native;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.BoxPlanning;

/// <summary>What of the host's surroundings reaches a box: its certificate authorities, its proxies, its directory of agents.</summary>
public class BoxSurroundingsTests
{
    private const string Proxy = "HTTPS_PROXY=http://user:word@proxy:3128";

    [Fact]
    public void Authorities_of_the_host_are_mounted_and_node_is_told()
    {
        var plan = Plan(BoxRole.Run, SomeFacts.On(EngineKind.Docker) with { Certificates = ["one\n\n", "two"] });
        var mount = plan.Mounts.Single(mount => mount.Target.ToString() == "/run/coop/certificates");
        Assert.True(mount.IsReadOnly);
        Assert.Equal("one\ntwo\n", plan.Files.Single(file => file.Path.Equals(mount.Source)).Content);
        Assert.Contains(new BoxVariable("NODE_EXTRA_CA_CERTS", "/run/coop/certificates"), plan.Environment);
    }

    [Theory]
    [InlineData("Run", "open", true)]
    [InlineData("Agent", "open", true)]
    [InlineData("Run", "none", false)]
    [InlineData("Build", "none", true)]
    [InlineData("Demo", "open", false)]
    [InlineData("Doctor", "open", false)]
    public void A_proxy_reaches_the_boxes_that_have_a_network_of_the_user_s_over_the_lifeline(
        string role,
        string egress,
        bool expected
    )
    {
        var facts = SomeFacts.On(EngineKind.Bubblewrap) with
        {
            Proxies = [new BoxVariable("HTTPS_PROXY", "http://user:word@proxy:3128")],
        };
        var plan = Plan(Enum.Parse<BoxRole>(role), facts, (SettingCatalog.Egress, egress));
        Assert.Equal(expected, plan.SecretEnvironment.Any(word => word.ToString() == Proxy));
        Assert.DoesNotContain("user:word", PlanLines.Of(plan with { SecretEnvironment = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_box_that_fills_the_directory_of_agents_writes_there_has_the_network_and_nothing_of_the_user_s()
    {
        var request = new BoxRequest(BoxRole.Build, CString.List("npm"), null) { AgentsToFill = BytePath.From("/data/new") };
        var facts = SomeFacts.On(EngineKind.Bubblewrap) with
        {
            Agents = BytePath.From("/data/agents"),
            UserVariables = [new BoxVariable("OPENAI_API_KEY", "sesame")],
        };
        var plan = BoxPlanner.Plan(request, facts, SomeSettings.With((SettingCatalog.Egress, "none")));
        Assert.Equal(EgressMode.Open, plan.Egress);
        Assert.Equal([], plan.SecretEnvironment);
        Assert.DoesNotContain(plan.Mounts, mount => mount.Purpose is MountPurpose.Home or MountPurpose.Cache);
        Assert.Equal(["Agents /data/new at /opt/coop/agents"], AgentMounts(plan));
    }

    [Fact]
    public void Every_other_box_sees_the_agents_read_only()
    {
        var facts = SomeFacts.On(EngineKind.Bubblewrap) with { Agents = BytePath.From("/data/agents") };
        Assert.Equal(["Agents /data/agents at /opt/coop/agents read-only"], AgentMounts(Plan(BoxRole.Run, facts)));
    }

    private static IEnumerable<string> AgentMounts(BoxPlan plan) =>
        plan.Mounts.Where(mount => mount.Purpose == MountPurpose.Agents).Select(PlanLines.MountLine);

    private static BoxPlan Plan(BoxRole role, BoxFacts facts, params (string Key, string Value)[] settings) =>
        BoxPlanner.Plan(new BoxRequest(role, CString.List("true"), null), facts, SomeSettings.With(settings));
}
