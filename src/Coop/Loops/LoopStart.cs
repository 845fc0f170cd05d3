using Coop.Clones;

namespace Coop.Loops;

/// <summary>What a run begins with.</summary>
/// <param name="Position">Where the branch stands.</param>
/// <param name="LeftOver">What an earlier run left in the tree, for the first agent; null when it left nothing.</param>
internal sealed record LoopStart(BranchPosition Position, string? LeftOver);
