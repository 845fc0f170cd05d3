namespace Coop.TaskQueue;

/// <summary>One task of a queue.</summary>
/// <param name="Index">In the file's order, from 0.</param>
/// <param name="Title">Without white space at its ends; bytes that are no UTF-8 show as U+FFFD. Not cleaned of control characters.</param>
/// <param name="Body">The indented lines below the task's line with their indentation, each with a line feed at its end.</param>
/// <param name="Line">From 1.</param>
/// <param name="LetterAt">Where in the file, in bytes, the state's letter stands.</param>
/// <param name="StartsAt">Where the task's line begins.</param>
/// <param name="EndsAt">Behind the last byte of the task's last line, its line end included.</param>
internal sealed record QueuedTask(
    int Index,
    TaskState State,
    string Title,
    string Body,
    int Line,
    int LetterAt,
    int StartsAt,
    int EndsAt
)
{
    /// <summary>It waits to be worked, or is worked.</summary>
    public bool IsOpen => TaskLetters.IsOpen(State);
}
