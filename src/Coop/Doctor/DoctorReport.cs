using Coop.Configuration;

namespace Coop.Doctor;

/// <summary>Everything the doctor found.</summary>
/// <param name="Engine">Null when none answers.</param>
/// <param name="Image">Null without an engine, or where it has none.</param>
/// <param name="Requirements">What is needed to run at all.</param>
/// <param name="Promises">What a box promises.</param>
internal sealed record DoctorReport(
    EngineKind? Engine,
    string? Image,
    IReadOnlyList<CheckResult> Requirements,
    IReadOnlyList<CheckResult> Promises
)
{
    public int CountOf(CheckOutcome outcome) => Requirements.Concat(Promises).Count(result => result.Outcome == outcome);
}
