using Coop.Boxes;
using Coop.Configuration;
using Coop.Native;
using Coop.TestKit;
using Xunit;

namespace Coop.BoxPlanning;

public class MaskFileTests
{
    private static readonly BoxRequest Run = new(BoxRole.Run, CString.List("true"), null);

    [Theory]
    [InlineData("bwrap", 300, false)]
    [InlineData("bwrap", 301, true)]
    [InlineData("docker", 301, false)]
    [InlineData("podman", 301, false)]
    public void Only_bubblewrap_with_very_many_masks_needs_one(string engine, int count, bool expected)
    {
        var plan = Plan(SomeFacts.On(EngineNames.Find(engine)!.Value).Hiding(Names(count)));
        Assert.Equal(expected, plan.MaskFile is not null);
        Assert.Equal(count, plan.CountOf(MountPurpose.Hidden));
    }

    [Fact]
    public void It_names_source_and_place_of_each_mask_where_the_tree_is_before()
    {
        var facts = SomeFacts.On(EngineKind.Bubblewrap).Hiding([.. Names(300), "a\\b"]);
        Assert.Equal(
            ["/home/ada/.local/state/coop/empty/file", @"/home/ada/project/a\x5cb", ""],
            Plan(facts).MaskFile!.Content.Split('\0')[^3..]
        );
        Assert.Equal(["/run/coop/3/file", @"/run/coop/2/a\x5cb", ""], Plan(facts.ByRoot()).MaskFile!.Content.Split('\0')[^3..]);
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"{i:000}.key")];

    private static BoxPlan Plan(BoxFacts facts) => BoxPlanner.Plan(Run, facts, SomeSettings.With());
}
