namespace Coop.Doctor;

/// <summary>One row of the doctor's report.</summary>
/// <param name="Id">Stable, for scripts.</param>
/// <param name="Promise">What should be, as a sentence.</param>
/// <param name="Proof">How it was found out, or what was seen instead.</param>
/// <param name="Advice">What to do about it; null when there is nothing to do.</param>
internal sealed record CheckResult(string Id, CheckOutcome Outcome, string Promise, string Proof, string? Advice);
