using System.Text;
using Coop.Errors;
using Coop.Terminal;

namespace Coop.TaskQueue;

/// <summary>A queue as the bytes it is, and the tasks in them. A change yields another document; every byte it does not name stays.</summary>
internal sealed class TaskDocument
{
    private readonly string shownPath;
    private readonly int? openFence;

    // A loop asks for every task of a queue: without it that is the square of their number.
    private readonly Lazy<Dictionary<string, List<QueuedTask>>> byTitle;

    private TaskDocument(
        ReadOnlyMemory<byte> bytes,
        IReadOnlyList<QueuedTask> tasks,
        IReadOnlyList<NearTask> near,
        int? openFence,
        string shownPath
    )
    {
        Bytes = bytes;
        Tasks = tasks;
        Near = near;
        this.openFence = openFence;
        this.shownPath = shownPath;
        byTitle = new(() =>
            tasks.GroupBy(task => task.Title).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal)
        );
    }

    public static TaskDocument Empty { get; } = Parse(ReadOnlyMemory<byte>.Empty, "");

    public ReadOnlyMemory<byte> Bytes { get; }

    public IReadOnlyList<QueuedTask> Tasks { get; }

    /// <summary>Lines that look like tasks and are none, in order.</summary>
    public IReadOnlyList<NearTask> Near { get; }

    /// <summary>The line of a code block's opening that nothing closes: what follows holds no task.</summary>
    public int? OpenFence => openFence;

    /// <param name="shownPath">For messages.</param>
    /// <exception cref="UserError">A state letter that is none (exit 2).</exception>
    public static TaskDocument Parse(ReadOnlyMemory<byte> bytes, string shownPath)
    {
        TaskParser parser = new(bytes, shownPath);
        parser.Parse();
        return new TaskDocument(bytes, parser.Tasks, parser.Near, parser.OpenFence, shownPath);
    }

    /// <summary>Changes a task's state: one byte.</summary>
    public TaskDocument With(int index, TaskState state)
    {
        var task = Tasks[index];
        var bytes = Bytes.ToArray();
        bytes[task.LetterAt] = TaskLetters.LetterOf(state);
        QueuedTask[] tasks = [.. Tasks];
        tasks[index] = task with { State = state };
        return new TaskDocument(bytes, tasks, Near, openFence, shownPath);
    }

    /// <summary>Adds a line to the end of a task's body.</summary>
    /// <param name="note">Made one line of plain text.</param>
    public TaskDocument WithNote(int index, string note)
    {
        var end = Tasks[index].EndsAt;
        var line = Encoding.UTF8.GetBytes($"  - {OneLine(note)}");

        // Behind a last line without an end the note has none either: so the file's end stays what it was.
        return Bytes.Span[end - 1] == '\n' ? Insert(end, [.. line, .. LineEnd]) : Insert(end, [.. LineEnd, .. line]);
    }

    /// <summary>Adds a task at the end.</summary>
    /// <param name="title">Made one line of plain text.</param>
    /// <exception cref="UserError">A code block that nothing closes would swallow it.</exception>
    public TaskDocument WithTask(string title)
    {
        if (openFence is { } line)
        {
            throw new UserError(
                $"{shownPath}:{line}: the code block that begins here has no end, so a task behind it would be none.",
                "Close it with a line like the one that opens it."
            );
        }

        var isAtLineStart = Bytes.Length == 0 || Bytes.Span[^1] == '\n' || Bytes.Span.SequenceEqual("\uFEFF"u8);
        return Insert(
            Bytes.Length,
            [.. isAtLineStart ? [] : LineEnd, .. Encoding.UTF8.GetBytes($"- [ ] {OneLine(title)}"), .. LineEnd]
        );
    }

    /// <summary>Asked of the agent's document: the state it gave to a task of the host's.</summary>
    /// <param name="index">In the host's document.</param>
    /// <returns>Of the task with that title, of several the one at the same place among them; null when there is none.</returns>
    public TaskState? ClaimOf(TaskDocument host, int index)
    {
        var task = host.Tasks[index];
        var place = host.byTitle.Value[task.Title].Count(other => other.Index < index);
        return byTitle.Value.GetValueOrDefault(task.Title, []) is var same && place < same.Count ? same[place].State : null;
    }

    private static string OneLine(string text) => PlainText.CleanLine(text.ReplaceLineEndings(" ")).Trim();

    // The ends of the first line: a file that mixes them has no better answer.
    private byte[] LineEnd
    {
        get
        {
            var feed = Bytes.Span.IndexOf((byte)'\n');
            return feed > 0 && Bytes.Span[feed - 1] == '\r' ? [(byte)'\r', (byte)'\n'] : [(byte)'\n'];
        }
    }

    private TaskDocument Insert(int at, ReadOnlySpan<byte> text) =>
        Parse((byte[])[.. Bytes.Span[..at], .. text, .. Bytes.Span[at..]], shownPath);
}
