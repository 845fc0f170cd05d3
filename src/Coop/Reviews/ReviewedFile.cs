using Coop.Storage;

namespace Coop.Reviews;

/// <summary>One file of a change.</summary>
/// <param name="Change">A letter as git's: A, D, M, T.</param>
/// <param name="Added">Lines; null for a binary file.</param>
/// <param name="Removed">Lines; null for a binary file.</param>
/// <param name="Risk">0 is the riskiest.</param>
/// <param name="Why">What makes it stand where it stands; empty for an ordinary file.</param>
internal sealed record ReviewedFile(BytePath Path, char Change, int? Added, int? Removed, int Risk, string Why);
