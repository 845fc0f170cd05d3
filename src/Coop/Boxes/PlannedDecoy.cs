using Coop.Storage;

namespace Coop.Boxes;

/// <summary>An empty-handed stand-in for a tracked file: its size and time as git's index keeps them, and nothing of its content (it is sparse and reads as zeros).</summary>
/// <param name="Path">In Coop's state; the name tells all there is to it, so decoys are shared and never changed.</param>
internal sealed record PlannedDecoy(BytePath Path, long Size, long ModifiedSeconds, int ModifiedNanoseconds, bool IsExecutable);
