using Coop.LoopReports;
using Coop.TaskQueue;
using Coop.Terminal;

namespace Coop.Loops;

/// <summary>The task that a run was killed at. What was committed for it before lies below where the next run begins, and is a part of its work all the same.</summary>
/// <param name="Task">Its place in the queue, from 0.</param>
/// <param name="Title">Clean.</param>
/// <param name="Branch">The full name of the branch that it was worked on.</param>
/// <param name="Start">The commit from which its work is judged.</param>
internal sealed record CutTask(int Task, string Title, string Branch, string Start)
{
    /// <summary>Null when no task was under way, or the record does not tell where its work began.</summary>
    /// <param name="queue">As the killed run held it.</param>
    /// <param name="lines">The killed run's record.</param>
    public static CutTask? From(TaskDocument queue, IReadOnlyList<LoopLine> lines) =>
        queue.Tasks.FirstOrDefault(task => task.State == TaskState.Claimed) is { } claimed
        && lines.LastOrDefault(line => line.Event == "started" && line.Task == claimed.Index + 1)
            is { Branch: { } branch, Start: { } start }
            ? new CutTask(claimed.Index, PlainText.CleanLine(claimed.Title), branch, start)
            : null;

    /// <summary>It is still there: the queue could have been written anew meanwhile.</summary>
    public bool IsIn(TaskDocument queue) =>
        Task < queue.Tasks.Count && PlainText.CleanLine(queue.Tasks[Task].Title) == Title && queue.Tasks[Task].IsOpen;
}
