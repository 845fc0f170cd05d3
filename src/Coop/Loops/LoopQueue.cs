using System.Text;
using Coop.Errors;
using Coop.Storage;
using Coop.TaskQueue;
using Coop.Terminal;

namespace Coop.Loops;

/// <summary>The queue as the loop holds it: the host's own copy is what is true, the file in the tree is what agents are shown and what they answer in.</summary>
/// <param name="owner">Who gets files that are written in the tree; null leaves them the caller's.</param>
internal sealed class LoopQueue(QueueStore store, BytePath root, (uint Uid, uint Gid)? owner)
{
    private const int MostDecisionBytes = 1 << 20;
    private const int MostQuestionLength = 1_000;

    /// <summary>What is true.</summary>
    public TaskDocument Document => store.Kept ?? throw new InvalidOperationException("The queue is not open.");

    /// <summary>
    /// Takes the queue over. After a loop that was killed the host's copy decides: what an agent marked done meanwhile is open again, what it deleted is there again.
    /// </summary>
    /// <returns>What had to be put right, as sentences; null when there is no queue.</returns>
    public IReadOnlyList<string>? Open()
    {
        var found = ReadFound(out var problem);
        if (store.Kept is not { } kept)
        {
            if (problem is not null)
            {
                throw problem;
            }

            if (found is null)
            {
                return null;
            }

            store.Keep(found);
            return [];
        }

        List<string> told = ["The last loop was killed; this one goes on where it stood."];
        var isWhole = found is not null && kept.Tasks.All(task => found.ClaimOf(kept, task.Index) is not null);
        if (!isWhole)
        {
            told.Add("The queue was damaged meanwhile; it is put back as the loop held it.");
            Save("damaged");
        }

        var document = isWhole ? found! : kept;
        foreach (var task in document.Tasks)
        {
            if (task.State == TaskState.Claimed)
            {
                document = document.With(task.Index, TaskState.Todo);
            }
            else if (
                isWhole
                && task.State == TaskState.Done
                && kept.ClaimOf(document, task.Index) is { } before
                && TaskLetters.IsOpen(before)
            )
            {
                document = document.With(task.Index, TaskState.Todo);
                told.Add($"Task {task.Index + 1} was marked done without a proof; it is open again.");
            }
        }

        store.Keep(document);
        Show(document);
        return told;
    }

    /// <summary>Gives a task a state, here and in the tree.</summary>
    /// <param name="note">A line for under it; null without.</param>
    public void Mark(int task, TaskState state, string? note) =>
        store.Change(
            document =>
            {
                var marked = document.With(task, state);
                return note is null ? marked : marked.WithNote(task, note);
            },
            owner
        );

    /// <summary>Reads what the agent made of its task, and undoes everything else it did to the queue.</summary>
    /// <param name="undone">What that was, as parts of sentences.</param>
    public TaskState? TakeClaim(int task, List<string> undone)
    {
        var kept = Document;
        var found = ReadFound(out var problem);
        if (found is null)
        {
            undone.Add(problem is null ? "the queue was deleted" : PlainText.CleanLine(problem.Message).TrimEnd('.'));
            Save("replaced");
            Show(kept);
            return null;
        }

        var claim = found.ClaimOf(kept, task);
        var expected = claim is { } state ? kept.With(task, state) : kept;
        if (!found.Bytes.Span.SequenceEqual(expected.Bytes.Span))
        {
            undone.AddRange(Differences(kept, found, task));
            Save("changed");
        }

        Show(kept);
        return claim;
    }

    /// <summary>The lines of pending decisions; null when they cannot be read.</summary>
    public IReadOnlyList<string>? ReadDecisions()
    {
        try
        {
            return SafeFile.Read(root, PendingDecisions.Path, MostDecisionBytes) is { } bytes
                ? Encoding.UTF8.GetString(bytes).Split('\n')
                : [];
        }
        catch (UserError)
        {
            return null;
        }
    }

    /// <summary>What an agent added to them, on one line; null when it added nothing.</summary>
    public string? QuestionSince(IReadOnlyList<string>? before)
    {
        if (before is null || ReadDecisions() is not { } now)
        {
            return null;
        }

        var known = before.ToHashSet(StringComparer.Ordinal);
        var added = now.Where(line => !known.Contains(line)).Select(line => PlainText.CleanLine(line).Trim());
        var text = string.Join(' ', added.Where(line => line.Length > 0));
        return text.Length == 0 ? null
            : text.Length > MostQuestionLength ? text[..MostQuestionLength] + "…"
            : text;
    }

    /// <summary>Adds what Coop itself asks a human.</summary>
    public void Ask(string title, string question)
    {
        byte[] before;
        try
        {
            before = SafeFile.Read(root, PendingDecisions.Path, MostDecisionBytes) ?? [];
        }
        catch (UserError)
        {
            // An agent put something else there, or too much: the question stands in the record all the same.
            return;
        }

        var gap = before is [.., not (byte)'\n'] ? "\n" : "";
        byte[] after = [.. before, .. Encoding.UTF8.GetBytes($"{gap}- {PlainText.CleanLine(title)}: {question}\n")];
        TreeFile.Write(root, PendingDecisions.Path, after, owner);
    }

    /// <summary>The loop is over: from now on the file in the tree is the queue.</summary>
    public void Close() => store.Forget();

    // What an agent put into the way of the queue must not end the night.
    private void Show(TaskDocument document)
    {
        try
        {
            store.File.Write(document, owner);
        }
        catch (UserError) when (TreeFile.TryMoveAside(store.File.Root, store.File.Path))
        {
            store.File.Write(document, owner);
        }
    }

    private TaskDocument? ReadFound(out UserError? problem)
    {
        problem = null;
        try
        {
            return store.File.Read();
        }
        catch (UserError cause)
        {
            problem = cause;
            return null;
        }
    }

    private static IEnumerable<string> Differences(TaskDocument kept, TaskDocument found, int task)
    {
        var missing = kept.Tasks.Where(old => found.ClaimOf(kept, old.Index) is null).ToList();
        if (missing.Count > 0)
        {
            yield return $"{Count(missing.Count)} of the queue removed";
        }

        foreach (
            var other in kept.Tasks.Where(old =>
                old.Index != task && found.ClaimOf(kept, old.Index) is { } state && state != old.State
            )
        )
        {
            yield return $"task {other.Index + 1} marked by the agent of task {task + 1}";
        }

        if (found.Tasks.Count > kept.Tasks.Count - missing.Count)
        {
            yield return $"{Count(found.Tasks.Count - kept.Tasks.Count + missing.Count)} added to the queue";
        }
        else if (missing.Count == 0)
        {
            yield return "the queue's text changed";
        }
    }

    private static string Count(int tasks) => tasks == 1 ? "1 task" : $"{tasks} tasks";

    // Nothing is lost: what was in the tree is kept with the records.
    private void Save(string name)
    {
        try
        {
            if (store.File.ReadBytes() is { } bytes)
            {
                AtomicFile.Write(Encoding.UTF8.GetString(store.StateDirectory.Join($"queue-{name}.md").Bytes), bytes);
            }
        }
        catch (UserError)
        {
            // A link or a FIFO: there is nothing of ours to keep.
        }
    }
}
