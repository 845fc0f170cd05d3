using Coop.TaskQueue;

namespace Coop.LoopDecisions;

/// <summary>What the loop knows of one task.</summary>
/// <param name="Index">Its place in the queue, from 0.</param>
internal sealed record LoopTask(int Index, string Title, TaskState State)
{
    /// <summary>It was open when this run began, or when it was added: the run works at it.</summary>
    public bool IsInRun { get; init; } = TaskLetters.IsOpen(State);

    /// <summary>Failed runs in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Runs that ended well and proved nothing, since it was last done.</summary>
    public int Returns { get; init; }

    /// <summary>How often an audit reopened it.</summary>
    public int Reopened { get; init; }

    /// <summary>Why it is not done yet, for the next agent; null at first.</summary>
    public string? Reason { get; init; }

    /// <summary>It was done in this run, with this evidence; null otherwise.</summary>
    public Evidence? Done { get; init; }

    /// <summary>An audit found that it holds.</summary>
    public bool IsAudited { get; init; }

    /// <summary>The last run broke the history; one more and the loop ends.</summary>
    public bool HasBroken { get; init; }

    /// <summary>It waits to be worked, or is worked.</summary>
    public bool IsOpen => TaskLetters.IsOpen(State);
}
