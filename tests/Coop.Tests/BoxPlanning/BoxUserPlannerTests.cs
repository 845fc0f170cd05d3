using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Xunit;

namespace Coop.BoxPlanning;

public class BoxUserPlannerTests
{
    private const string Contract = "1000:1000";
    private const string Nobody = "1900000000:1900000000";

    [Theory]
    [InlineData("docker", "1234:50", "1234:50", "1234:50", "1234:50", "1234:50", false)]
    [InlineData("docker", "1234:50", "1234:99", "1234:50", "1234:50", "1234:50", false)]
    [InlineData("container", "501:20", "501:20", "501:20", "501:20", "501:20", false)]
    [InlineData("podman", "1234:50", "1234:50", Contract, "1234:50", "1234:50", true)]
    [InlineData("bwrap", "1234:50", "1234:50", Contract, "1234:50", "1234:50", true)]
    [InlineData("docker", "0:0", "0:0", Contract, Contract, "0:0", false)]
    [InlineData("podman", "0:0", "0:0", Contract, Contract, "0:0", false)]
    [InlineData("docker", "0:0", "0:7", Contract, Contract, "0:7", false)]
    [InlineData("bwrap", "0:0", "0:0", Contract, Nobody, "0:0", true)]
    [InlineData("docker", "0:0", "1234:50", "1234:50", "1234:50", "1234:50", false)]
    [InlineData("podman", "0:0", "1234:50", "1234:50", "1234:50", "1234:50", false)]
    [InlineData("bwrap", "0:0", "1234:50", Contract, "1234:50", "1234:50", true)]
    [InlineData("bwrap", "0:0", "1234:0", Contract, "1234:1234", "1234:0", true)]
    [InlineData("docker", "0:0", "1234:0", "1234:1234", "1234:1234", "1234:0", false)]
    [InlineData("podman", "0:0", "1234:0", "1234:1234", "1234:1234", "1234:0", false)]
    public void The_box_has_this_user(
        string engine,
        string caller,
        string owner,
        string inside,
        string onHost,
        string onDisk,
        bool mapsUsers
    ) =>
        Assert.Equal(
            new BoxUser(Numbers(inside), Numbers(onHost), Numbers(onDisk), mapsUsers),
            BoxUserPlanner.Plan(Kind(engine), Numbers(caller), Numbers(owner), "/repository")
        );

    [Theory]
    [InlineData("docker")]
    [InlineData("podman")]
    [InlineData("container")]
    [InlineData("bwrap")]
    public void An_ordinary_user_gets_no_box_on_the_repository_of_another(string engine)
    {
        foreach (var owner in (UserAndGroup[])[new(0, 0), new(1235, 1234)])
        {
            var error = Assert.Throws<UserError>(() => BoxUserPlanner.Plan(Kind(engine), new(1234, 1234), owner, "/repository"));
            Assert.Equal(
                $"'/repository' belongs to user {owner.Uid}, not to you (1234): what a box makes there would have the wrong owner.",
                error.Message
            );
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public void Root_gets_no_box_of_Apple(uint owner) =>
        Assert.Throws<UserError>(() => BoxUserPlanner.Plan(EngineKind.AppleContainer, new(0, 0), new(owner, 20), "/repository"));

    [Fact]
    public void No_box_is_root_or_in_the_group_of_root_inside_or_on_the_host()
    {
        uint[] numbers = [0, 1, 1000, 1234];
        List<string> faults = [];
        foreach (var engine in EngineNames.InOrder)
        {
            foreach (var (caller, owner, group) in from c in numbers from o in numbers from g in numbers select (c, o, g))
            {
                try
                {
                    var user = BoxUserPlanner.Plan(engine, new(caller, caller), new(owner, group), "/repository");
                    if (user is { Inside: { Uid: 0 } or { Gid: 0 } } or { OnHost: { Uid: 0 } or { Gid: 0 } })
                    {
                        faults.Add($"{engine} {caller} {owner}:{group}");
                    }
                }
                catch (UserError)
                {
                    // A refusal is safe.
                }
            }
        }

        Assert.Equal([], faults);
    }

    [Theory]
    [InlineData("docker", 0, 0, true)]
    [InlineData("docker", 0, 1234, false)]
    [InlineData("bwrap", 0, 0, true)]
    [InlineData("bwrap", 0, 1234, false)]
    [InlineData("podman", 1234, 1234, false)]
    public void Mounts_are_id_mapped_only_where_the_owner_is_another_than_the_boxs_host_user(
        string engine,
        uint caller,
        uint owner,
        bool expected
    ) =>
        Assert.Equal(
            expected,
            BoxUserPlanner.Plan(Kind(engine), new(caller, caller), new(owner, owner), "/repository").NeedsIdMappedMounts
        );

    private static EngineKind Kind(string name) => EngineNames.Find(name)!.Value;

    private static UserAndGroup Numbers(string text) => new(uint.Parse(text.Split(':')[0]), uint.Parse(text.Split(':')[1]));
}
