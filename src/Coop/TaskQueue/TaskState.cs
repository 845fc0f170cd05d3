namespace Coop.TaskQueue;

/// <summary>What a task's line says about it, in the letter between the brackets.</summary>
internal enum TaskState
{
    /// <summary><c>[ ]</c></summary>
    Todo,

    /// <summary><c>[w]</c>: somebody works on it.</summary>
    Claimed,

    /// <summary><c>[x]</c></summary>
    Done,

    /// <summary><c>[B]</c>: waits for a person's decision.</summary>
    Blocked,

    /// <summary><c>[E]</c>: shows how a task looks, and is never work.</summary>
    Example,
}
