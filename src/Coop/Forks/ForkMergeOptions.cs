namespace Coop.Forks;

/// <summary>How a fork is to land.</summary>
/// <param name="Yes">Without asking.</param>
/// <param name="Force">In spite of findings.</param>
/// <param name="Remove">The fork goes when it has landed.</param>
internal sealed record ForkMergeOptions(bool Yes, bool Force, bool Remove);
