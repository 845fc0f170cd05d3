using Coop.Storage;

namespace Coop.Reviews;

/// <summary>One thing to look at.</summary>
/// <param name="Path">Null for a finding in a message.</param>
/// <param name="Commit">The first commit that has it; null for a finding of the whole change.</param>
/// <param name="Detail">A part of a sentence, clean, without a period.</param>
internal sealed record ReviewFinding(FindingKind Kind, BytePath? Path, string? Commit, string Detail)
{
    /// <summary>The merge is refused without <c>--force</c>.</summary>
    public bool Refuses => Kind <= FindingKind.Submodule;
}
