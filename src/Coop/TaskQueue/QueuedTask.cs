namespace Coop.TaskQueue;

/// <summary>One task of a queue.</summary>
/// <param name="Index">Its place among the tasks, from 0.</param>
/// <param name="Title">As it stands there, without blanks around it.</param>
/// <param name="Body">The indented lines below, with their indentation, each ending in a newline.</param>
/// <param name="Line">Of its title, from 1.</param>
/// <param name="LetterAt">Where its letter stands, in bytes.</param>
/// <param name="EndAt">Behind its last line, in bytes.</param>
internal sealed record QueuedTask(int Index, TaskState State, string Title, string Body, int Line, int LetterAt, int EndAt);
