namespace Coop.LoopDecisions;

/// <summary>What Coop itself found after an iteration, whatever the agent said.</summary>
/// <param name="Start">The commit it started on.</param>
/// <param name="End">The commit HEAD stands on now.</param>
internal sealed record Evidence(string Start, string End)
{
    /// <summary>The state that the agent gave to its task; null when it left it, or the task cannot be found.</summary>
    public TaskQueue.TaskState? Claim { get; init; }

    /// <summary>Why the work does not count, as a part of a sentence; null when it is proved.</summary>
    public string? Problem { get; init; }

    /// <summary>The history below the start is another one, or the branch: nothing may be built on that.</summary>
    public bool IsBroken { get; init; }

    /// <summary>What the agent asks a human: what it added to the list of pending decisions.</summary>
    public string? Question { get; init; }

    /// <summary>Why nothing had to change, in the agent's words; null when files changed.</summary>
    public string? NoChange { get; init; }

    /// <summary>The gate's exit code; null without a gate, or when it was not asked.</summary>
    public int? Gate { get; init; }

    /// <summary>The tree of <see cref="End"/>.</summary>
    public string? Tree { get; init; }

    /// <summary>The commits from the start to the end, oldest first: abbreviated id and subject, clean.</summary>
    public IReadOnlyList<string> Commits { get; init; } = [];

    /// <summary>What a reviewer must know, clean: tests that check less, changes to what the gate runs, and the rest of a review's findings.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>What the agent did to the queue that it may not do, and that was undone; clean.</summary>
    public IReadOnlyList<string> Undone { get; init; } = [];

    public bool IsProved => Claim == TaskQueue.TaskState.Done && Problem is null;
}
