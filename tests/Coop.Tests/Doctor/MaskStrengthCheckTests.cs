using Coop.TestKit;
using Xunit;

namespace Coop.Doctor;

public class MaskStrengthCheckTests
{
    private static readonly DoctorPlants Plants = new();
    private static readonly MaskStrengthCheck Check = new();

    [Fact]
    public void Masks_that_stay_hold() => Assert.Equal("Held Held Held", Check.Outcomes(Saying("", "", "")));

    [Fact]
    public void A_mark_fails_the_promise_of_the_part_it_is_in()
    {
        Assert.Equal("mask-lift", Check.TheBadOne(Saying(Plants.Shared.Content, "", "")).Id);
        Assert.Equal("mask-move", Check.TheBadOne(Saying("", Plants.Committed.Content, "")).Id);
    }

    [Fact]
    public void A_changed_secret_is_told_by_the_host()
    {
        var evidence = Saying("", "", "") with { Host = SomeEvidence.GoodHost with { ChangedSecrets = [".env"] } };
        var bad = Check.TheBadOne(evidence);
        Assert.Equal(("mask-write", ".env changed on the host"), (bad.Id, bad.Proof));
    }

    [Fact]
    public void A_box_that_could_read_nothing_proves_nothing() =>
        Assert.Equal(
            "NotProved NotProved NotProved",
            Check.Outcomes(Saying("", "", "") with { Sections = new Dictionary<string, string>(StringComparer.Ordinal) })
        );

    private static DoctorEvidence Saying(string lift, string move, string write) =>
        SomeEvidence.Saying(Check, Plants, "lift:", lift, "move:", move, "write:", write);
}
