namespace Coop.Doctor;

/// <summary>Something Coop promises, before anybody looked.</summary>
/// <param name="Id">Stable, for scripts.</param>
/// <param name="Text">The promise as a sentence.</param>
/// <param name="Advice">What to do when it does not hold.</param>
internal sealed record Promise(string Id, string Text, string Advice)
{
    public CheckResult Held(string proof) => new(Id, CheckOutcome.Held, Text, proof, null);

    public CheckResult Warned(string proof, string advice) => new(Id, CheckOutcome.Warned, Text, proof, advice);

    public CheckResult Failed(string seen) => new(Id, CheckOutcome.Failed, Text, seen, Advice);

    public CheckResult NotProved(string why) => new(Id, CheckOutcome.NotProved, Text, why, null);

    private const int MostShown = 4;

    /// <summary>Failed by what was seen; held where nothing was.</summary>
    public CheckResult Judge(IReadOnlyList<string> seen, string proof) =>
        seen.Count == 0
            ? Held(proof)
            : Failed(
                string.Join("; ", seen.Take(MostShown)) + (seen.Count > MostShown ? $" and {seen.Count - MostShown} more" : "")
            );
}
