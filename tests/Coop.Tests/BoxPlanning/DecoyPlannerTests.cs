using Coop.Boxes;
using Coop.Configuration;
using Coop.Repositories;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.BoxPlanning;

public class DecoyPlannerTests
{
    private const string Decoys = "/home/ada/.local/state/coop/decoys";
    private const string Empty = "/home/ada/.local/state/coop/empty";

    [Fact]
    public void What_git_does_not_track_is_covered_by_something_empty() =>
        Assert.Equal(
            [
                $"Hidden {Empty}/file at /home/ada/project/.env read-only",
                $"Hidden {Empty}/directory at /home/ada/project/keys read-only",
            ],
            Plan([]).Mounts.Select(PlanLines.MountLine)
        );

    [Fact]
    public void A_tracked_file_gets_a_decoy_of_its_size_and_time()
    {
        var (mounts, decoys, _) = Plan([Tracked(".env", 12, executable: true)]);
        Assert.Equal($"Hidden {Decoys}/12-100.5-x at /home/ada/project/.env read-only", PlanLines.MountLine(mounts[0]));
        Assert.Equal([new PlannedDecoy(BytePath.From($"{Decoys}/12-100.5-x"), 12, 100, 5, IsExecutable: true)], decoys);
    }

    [Fact]
    public void A_hidden_directory_gets_decoys_for_its_tracked_files_and_nothing_else()
    {
        var (mounts, decoys, _) = Plan([Tracked("keys/a", 1), Tracked("keys/deep/b", 2)]);
        var place = mounts[1].Source;
        Assert.StartsWith($"{Decoys}/directory-", place.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            [
                new PlannedDecoy(place.Join("a"), 1, 100, 5, IsExecutable: false),
                new PlannedDecoy(place.Join("deep/b"), 2, 100, 5, IsExecutable: false),
            ],
            decoys
        );
        Assert.NotEqual(place, Plan([Tracked("keys/a", 1)]).Mounts[1].Source);
    }

    [Fact]
    public void Files_of_one_size_and_time_share_a_decoy_and_no_decoy_tells_a_name()
    {
        var facts = SomeFacts.On(EngineKind.Docker).Hiding("one.key", "two.key") with
        {
            TrackedHidden = [Tracked("one.key", 3), Tracked("two.key", 3)],
        };
        var (mounts, decoys, trackedPaths) = DecoyPlanner.Plan(facts);
        Assert.Equal(mounts[0].Source, mounts[1].Source);
        Assert.Equal([$"{Decoys}/3-100.5"], decoys.Select(decoy => decoy.Path.ToString()));
        Assert.Equal(2, trackedPaths);
    }

    [Fact]
    public void A_tracked_file_that_is_not_hidden_is_nobodys_business() => Assert.Equal([], Plan([Tracked("README", 9)]).Decoys);

    private static TrackedFile Tracked(string path, long size, bool executable = false) =>
        new(BytePath.From(path), size, 100, 5, executable);

    private static (IReadOnlyList<Mount> Mounts, IReadOnlyList<PlannedDecoy> Decoys, int TrackedPaths) Plan(
        TrackedFile[] tracked
    ) => DecoyPlanner.Plan(SomeFacts.On(EngineKind.Docker).Hiding(".env", "keys/", "@link.pem") with { TrackedHidden = tracked });
}
