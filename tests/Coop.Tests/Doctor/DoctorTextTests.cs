using Coop.Configuration;
using Coop.TestKit;
using Xunit;

namespace Coop.Doctor;

public class DoctorTextTests
{
    private static readonly Promise First = new("secret-names", "Secret names are hidden", "See: coop hidden");
    private static readonly Promise Second = new("home", "Nothing of your home is there", "Look at COOP_RUN_ARGS.");

    private static readonly DoctorReport Report = new(
        EngineKind.Docker,
        "coop-box",
        [
            new CheckResult("engine", CheckOutcome.Held, "An engine answers", "docker does", null),
            new CheckResult("runc", CheckOutcome.Warned, "The runtime has no known way out", "runc 1.1.5 may", "Update runc."),
        ],
        [First.Held("7 planted and read: all empty"), Second.Failed("it holds \u001b[31m.ssh"), Second.NotProved("nobody looked")]
    );

    private static readonly DoctorReport Nothing = new(
        null,
        null,
        [new CheckResult("engine", CheckOutcome.Failed, "An engine answers", "none does.", "Install bubblewrap.")],
        [First.NotProved("there is no engine"), Second.NotProved("there is no engine")]
    );

    [Fact]
    public void A_report_of_every_kind() => Snapshot.Match(DoctorText.Render(Report));

    [Fact]
    public void A_report_without_a_box() => Snapshot.Match(DoctorText.Render(Nothing));

    [Fact]
    public void A_document_of_every_kind() => Snapshot.Match(DoctorJson.Render(Report));

    [Fact]
    public void A_document_without_a_box() => Snapshot.Match(DoctorJson.Render(Nothing));

    [Fact]
    public void Much_that_was_seen_is_counted() =>
        Assert.Equal("a; b; c; d and 2 more", First.Judge(["a", "b", "c", "d", "e", "f"], "nothing").Proof);
}
