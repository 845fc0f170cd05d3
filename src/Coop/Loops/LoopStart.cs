using Coop.Clones;

namespace Coop.Loops;

/// <summary>What a run begins with.</summary>
/// <param name="Position">Where the branch stands.</param>
/// <param name="LeftOver">What an earlier run left in the tree, for the first agent; null when it left nothing.</param>
/// <param name="Cut">The task that an earlier run was killed at, and that goes on; null without.</param>
internal sealed record LoopStart(BranchPosition Position, string? LeftOver, CutTask? Cut)
{
    /// <summary>Why a task is not done yet, for its agent; null when there is nothing to say.</summary>
    /// <param name="isFirst">It is the one that is worked first.</param>
    public string? ReasonFor(int task, bool isFirst)
    {
        var committed =
            Cut?.Task == task && Cut.Start != Position.Commit
                ? $"it was killed; what it committed since {Cut.Start[..10]} counts for this task"
                : null;
        var leftOver = isFirst ? LeftOver : null;
        return committed is null ? leftOver
            : leftOver is null ? committed
            : $"{committed}; {leftOver}";
    }
}
