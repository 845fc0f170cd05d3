namespace Coop.LoopDecisions;

/// <summary>What a person wants after a task failed.</summary>
internal enum FailureChoice
{
    /// <summary>A fresh agent on the same task.</summary>
    Retry,

    /// <summary>The task is blocked, and the next one begins.</summary>
    GoOn,

    /// <summary>The run ends.</summary>
    Stop,
}
