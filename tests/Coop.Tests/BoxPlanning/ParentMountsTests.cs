using Coop.Boxes;
using Coop.Configuration;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.BoxPlanning;

public class ParentMountsTests
{
    private static readonly BoxUser User = new(new(1000, 1000), new(1000, 1000), new(0, 0), MapsUsers: false);

    [Theory]
    [InlineData("docker", "/root/a/b", "a/b")]
    [InlineData("podman", "/root/c", "c")]
    public void A_repository_below_root_s_home_gets_a_way_to_it(string name, string root, string way)
    {
        List<PlannedDirectory> directories = [];
        var facts = SomeFacts.On(EngineNames.Find(name)!.Value) with { Location = SomeFacts.At(root) };
        var mount = Assert.Single(ParentMounts.Plan(facts, User, directories));
        Assert.Equal((BytePath.From("/root"), true), (mount.Target, mount.IsReadOnly));
        Assert.Contains(new PlannedDirectory(mount.Source.Join(way), User.OnDisk, IsOpen: true), directories);
    }

    [Theory]
    [InlineData("docker", "/home/ada/project")]
    [InlineData("docker", "/rooted/project")]
    [InlineData("bwrap", "/root/project")]
    public void Others_need_none(string name, string root) =>
        Assert.Empty(
            ParentMounts.Plan(SomeFacts.On(EngineNames.Find(name)!.Value) with { Location = SomeFacts.At(root) }, User, [])
        );
}
