namespace Coop.Forks;

/// <summary>What a review shows.</summary>
/// <param name="Stat">Whole lists, and no diff.</param>
/// <param name="Tool">The user's own diff tool.</param>
/// <param name="Open">The user's own editor on a copy.</param>
/// <param name="Gate">The gate is run too.</param>
internal sealed record ForkReviewOptions(bool Stat, bool Tool, bool Open, bool Gate, bool Json);
