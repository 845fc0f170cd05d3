using Coop.Boxes;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Doctor;

public class GitCheckTests
{
    private static readonly GitCheck Check = new();

    private static DoctorEvidence Good => SomeEvidence.Saying(Check, "committed");

    [Fact]
    public void A_box_that_commits_and_plants_nothing_holds() => Assert.Equal("Held Held Held Held", Check.Outcomes(Good));

    [Fact]
    public void What_the_host_finds_planted_fails()
    {
        var bad = Check.TheBadOne(With(host => host with { PlantedControls = [".git/config is not what it was"] }));
        Assert.Equal(("git-controls", ".git/config is not what it was"), (bad.Id, bad.Proof));
        Assert.Equal("git-nested", Check.TheBadOne(With(host => host with { NestedRepositoryIsThere = true })).Id);
        Assert.Equal(
            "git-decoys",
            Check.TheBadOne(With(host => host with { CommittedPaths = [DoctorPlants.Readme, DoctorPlants.Tracked] })).Id
        );
    }

    [Fact]
    public void A_renamed_control_fails() =>
        Assert.Equal("git-controls", Check.TheBadOne(SomeEvidence.Saying(Check, "committed", "renamed .git")).Id);

    [Fact]
    public void What_was_moved_away_is_said()
    {
        var path = BytePath.From("/project/evil/.git");
        var evidence = With(host => host with { Guard = new GuardReport([new MovedFile(path, path, "x")], [], []) });
        Assert.Equal("one made, and moved away when the box had ended", Check.Judge(evidence).ElementAt(1).Proof);
    }

    [Fact]
    public void Without_git_in_the_image_nothing_is_proved_of_commits() =>
        Assert.Equal(
            "Held Held NotProved Failed",
            Check.Outcomes(SomeEvidence.Saying(Check) with { Host = SomeEvidence.GoodHost with { CommittedPaths = [] } })
        );

    private static DoctorEvidence With(Func<HostFindings, HostFindings> change) =>
        Good with
        {
            Host = change(SomeEvidence.GoodHost),
        };
}
