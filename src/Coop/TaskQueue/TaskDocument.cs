using System.Text;
using Coop.Errors;
using Coop.Terminal;

namespace Coop.TaskQueue;

/// <summary>
/// A queue: Markdown in which a line <c>- [ ] title</c> at the left margin is a task, and the indented lines below it its body. It is kept as bytes, and a change of state
/// changes exactly one of them; line ends, a mark at the beginning and a missing end of line stay what they are. Immutable.
/// </summary>
internal sealed class TaskDocument
{
    private readonly byte[] bytes;
    private readonly string shownPath;
    private readonly Dictionary<string, List<QueuedTask>> byTitle;

    private TaskDocument(byte[] bytes, string shownPath, IReadOnlyList<QueuedTask> tasks)
    {
        this.bytes = bytes;
        this.shownPath = shownPath;
        Tasks = tasks;
        byTitle = tasks
            .GroupBy(task => task.Title)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
    }

    public static TaskDocument Empty { get; } = new([], "", []);

    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<QueuedTask> Tasks { get; }

    /// <param name="shownPath">For messages.</param>
    /// <exception cref="UserError">A task has a letter that means nothing; exit 2.</exception>
    public static TaskDocument Parse(ReadOnlyMemory<byte> content, string shownPath)
    {
        var copy = content.ToArray();
        return new TaskDocument(copy, shownPath, TaskParser.Parse(copy, shownPath));
    }

    /// <summary>The same with another state of one task.</summary>
    public TaskDocument With(int index, TaskState state)
    {
        var changed = (byte[])bytes.Clone();
        var task = Tasks[index];
        changed[task.LetterAt] = TaskLetters.Of(state);
        List<QueuedTask> tasks = [.. Tasks];
        tasks[index] = task with { State = state };
        return new TaskDocument(changed, shownPath, tasks);
    }

    /// <summary>The same with an indented line at the end of a task's body.</summary>
    /// <param name="note">One line.</param>
    public TaskDocument WithNote(int index, string note)
    {
        var end = Tasks[index].EndAt;
        return Insert(end, $"  - {PlainText.CleanLine(note)}");
    }

    /// <summary>The same with one more task, at its end.</summary>
    /// <param name="title">One line.</param>
    public TaskDocument WithTask(string title) => Insert(bytes.Length, $"- [ ] {PlainText.CleanLine(title)}");

    /// <summary>What this document, which an agent could write, makes of a task of the host's: that of the same title, or the same one of several.</summary>
    /// <returns>null when it is not there any more.</returns>
    public TaskState? ClaimOf(TaskDocument host, int index)
    {
        var task = host.Tasks[index];
        var ordinal = host.byTitle[task.Title].FindIndex(other => other.Index == index);
        return byTitle.TryGetValue(task.Title, out var same) && ordinal < same.Count ? same[ordinal].State : null;
    }

    private TaskDocument Insert(int at, string line)
    {
        var newline = bytes.AsSpan().IndexOf((byte)'\n') is > 0 and var first && bytes[first - 1] == (byte)'\r' ? "\r\n" : "\n";
        var before = at > 0 && bytes[at - 1] != (byte)'\n' ? newline : "";
        byte[] changed = [.. bytes.AsSpan(0, at), .. Encoding.UTF8.GetBytes(before + line + newline), .. bytes.AsSpan(at)];
        return Parse(changed, shownPath);
    }
}
