namespace Coop.TaskQueue;

/// <summary>What the letter between a task's brackets says.</summary>
internal enum TaskState
{
    /// <summary><c>[ ]</c>: to be done.</summary>
    Todo,

    /// <summary><c>[w]</c>: a loop works on it.</summary>
    Claimed,

    /// <summary><c>[x]</c>: done.</summary>
    Done,

    /// <summary><c>[B]</c>: waits for a human.</summary>
    Blocked,

    /// <summary><c>[E]</c>: an example, never worked.</summary>
    Example,
}
