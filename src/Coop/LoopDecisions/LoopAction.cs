using Coop.TaskQueue;

namespace Coop.LoopDecisions;

/// <summary>What is to be done, in this order; the last one of a step is the one that the next event answers, or the end.</summary>
internal abstract record LoopAction
{
    private LoopAction() { }

    /// <summary>Give a task another state in the queue.</summary>
    /// <param name="Note">A line for under the task; null without.</param>
    /// <param name="Question">What a human is asked, for the list of pending decisions; null when the agent has asked itself or nothing is asked.</param>
    public sealed record Mark(int Task, TaskState State, string? Note, string? Question) : LoopAction;

    /// <summary>Start a fresh agent on a task.</summary>
    /// <param name="Session">The conversation to go on with; null begins one.</param>
    /// <param name="Reason">Why the last one did not count; null at first.</param>
    public sealed record Work(int Task, int Lane, string? Session, string? Reason) : LoopAction;

    /// <summary>Start a fresh auditor.</summary>
    /// <param name="Tasks">What is to be judged.</param>
    public sealed record Audit(IReadOnlyList<int> Tasks, int Lane, int Round) : LoopAction;

    /// <summary>Do nothing until a time of the wall clock.</summary>
    /// <param name="IsLimit">Because of a provider; else to leave an agent alone that gets nowhere.</param>
    public sealed record Pause(DateTimeOffset Until, string Why, bool IsLimit) : LoopAction;

    /// <summary>Let a person look at what an agent left, and decide.</summary>
    /// <param name="Why">Why the agent's work did not count.</param>
    public sealed record Ask(int Task, string Why) : LoopAction;

    /// <summary>The run is over.</summary>
    /// <param name="Code">One of <see cref="Errors.ExitCode"/>.</param>
    /// <param name="Why">A sentence for the report.</param>
    public sealed record End(int Code, string Why) : LoopAction;
}
