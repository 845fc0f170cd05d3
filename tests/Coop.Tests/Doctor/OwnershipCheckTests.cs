using Coop.Boxes;
using Coop.TestKit;
using Xunit;

namespace Coop.Doctor;

public class OwnershipCheckTests
{
    private static readonly OwnershipCheck Check = new();

    [Fact]
    public void Files_of_the_owner_hold() => Assert.Equal("Held", Check.Outcomes(SomeEvidence.Saying(Check)));

    [Fact]
    public void A_file_of_somebody_else_and_a_missing_one_are_named()
    {
        var bad = Check.TheBadOne(Made(("made-file", new UserAndGroup(0, 0)), ("made-directory", null)));
        Assert.Equal((CheckOutcome.Failed, "made-directory is not there; made-file belongs to 0:0"), (bad.Outcome, bad.Proof));
    }

    [Fact]
    public void A_box_that_made_nothing_proves_nothing() => Assert.Equal("NotProved", Check.Outcomes(Made(("made-file", null))));

    private static DoctorEvidence Made(params (string Path, UserAndGroup? Owner)[] files) =>
        SomeEvidence.Saying(Check) with
        {
            Host = SomeEvidence.GoodHost with
            {
                Made = files.ToDictionary(file => file.Path, file => file.Owner, StringComparer.Ordinal),
            },
        };
}
