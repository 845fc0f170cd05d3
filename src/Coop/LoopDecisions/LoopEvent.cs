using Coop.TaskQueue;

namespace Coop.LoopDecisions;

/// <summary>What happened, told to the machine.</summary>
internal abstract record LoopEvent(DateTimeOffset At)
{
    /// <summary>The run begins.</summary>
    public sealed record Begun(DateTimeOffset At) : LoopEvent(At);

    /// <summary>An agent's run on the current task is over.</summary>
    /// <param name="Found">Null when nothing was looked at, because the run did not come to an end of its own.</param>
    public sealed record Worked(DateTimeOffset At, Attempt Attempt, Evidence? Found) : LoopEvent(At);

    /// <summary>A pause is over.</summary>
    public sealed record Waited(DateTimeOffset At) : LoopEvent(At);

    /// <summary>The auditor's run is over.</summary>
    /// <param name="Verdicts">One for each task at most; a task without one was not judged.</param>
    /// <param name="Problem">Why none of them counts; null when they do.</param>
    public sealed record Audited(DateTimeOffset At, Attempt Attempt, IReadOnlyList<Verdict> Verdicts, string? Problem)
        : LoopEvent(At);

    /// <summary>A person has decided.</summary>
    public sealed record Decided(DateTimeOffset At, FailureChoice Choice) : LoopEvent(At);

    /// <summary>The user wants it to end.</summary>
    public sealed record Interrupted(DateTimeOffset At) : LoopEvent(At);

    /// <summary>Tasks that the user added meanwhile, at the end of the queue. Asks for no action.</summary>
    public sealed record Grown(DateTimeOffset At, IReadOnlyList<QueuedTask> Added) : LoopEvent(At);
}
