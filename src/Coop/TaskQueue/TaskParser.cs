using System.Text;
using Coop.Errors;

namespace Coop.TaskQueue;

/// <summary>Finds the tasks in a queue's bytes, in one pass over its lines.</summary>
internal sealed class TaskParser(ReadOnlyMemory<byte> bytes, string shownPath)
{
    private readonly List<QueuedTask> tasks = [];
    private readonly List<NearTask> near = [];
    private int lineNumber;

    // The task whose body may go on, and where it ends so far.
    private (int Start, int Line, int BodyStart, int End)? open;

    // The fence of the code block the line is in: its character, its length, its line.
    private (byte Mark, int Length, int Line)? fence;

    private ReadOnlySpan<byte> Bytes => bytes.Span;

    public IReadOnlyList<QueuedTask> Tasks => tasks;

    public IReadOnlyList<NearTask> Near => near;

    /// <summary>The line of a code block's opening that nothing closes; null when there is none.</summary>
    public int? OpenFence => fence?.Line;

    /// <exception cref="UserError">A state letter that is none (exit 2).</exception>
    public void Parse()
    {
        // A byte order mark is no part of the first line.
        var at = Bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (at < Bytes.Length)
        {
            lineNumber++;
            var feed = Bytes[at..].IndexOf((byte)'\n');
            var next = feed < 0 ? Bytes.Length : at + feed + 1;
            Take(at, next, WithoutEnd(Bytes[at..next]));
            at = next;
        }

        Close();
    }

    private static ReadOnlySpan<byte> WithoutEnd(ReadOnlySpan<byte> line)
    {
        line = line is [.., (byte)'\n'] ? line[..^1] : line;
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private void Take(int start, int next, ReadOnlySpan<byte> line)
    {
        if (fence is { } block)
        {
            fence = Closes(line, block.Mark, block.Length) ? null : block;
            return;
        }

        var text = line.TrimStart(" \t"u8);
        if (text.IsEmpty)
        {
            return;
        }

        if (text.Length < line.Length)
        {
            open = open is { } task ? task with { End = next } : null;
            return;
        }

        Close();
        if (OpensFence(line) is { } length)
        {
            fence = (line[0], length, lineNumber);
        }
        else if (line is [(byte)'-', (byte)' ', (byte)'[', var letter, (byte)']', (byte)' ', ..])
        {
            if (TaskLetters.StateOf(letter) is null)
            {
                throw Unknown(letter);
            }

            open = (start, lineNumber, next, next);
        }
        else if (NearMiss.ProblemOf(line) is { } problem)
        {
            near.Add(new NearTask(lineNumber, problem));
        }
    }

    private void Close()
    {
        if (open is not { } task)
        {
            return;
        }

        open = null;
        var line = WithoutEnd(Bytes[task.Start..task.BodyStart]);
        var letterAt = task.Start + 3;
        tasks.Add(
            new QueuedTask(
                tasks.Count,
                TaskLetters.StateOf(Bytes[letterAt])!.Value,
                Encoding.UTF8.GetString(line[6..]).Trim(),
                BodyOf(Bytes[task.BodyStart..task.End]),
                task.Line,
                letterAt,
                task.Start,
                task.End
            )
        );
    }

    private static string BodyOf(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body).Replace("\r\n", "\n", StringComparison.Ordinal);
        return text.Length == 0 || text[^1] == '\n' ? text : text + "\n";
    }

    // CommonMark 4.5: three or more of one character; behind backticks no backtick may follow in the line.
    private static int? OpensFence(ReadOnlySpan<byte> line)
    {
        if (line[0] is not ((byte)'`' or (byte)'~'))
        {
            return null;
        }

        var length = line.Length - line.TrimStart(line[0]).Length;
        return length >= 3 && (line[0] == '~' || !line[length..].Contains((byte)'`')) ? length : null;
    }

    private static bool Closes(ReadOnlySpan<byte> line, byte mark, int least)
    {
        var rest = line.TrimStart(mark);
        return line.Length - rest.Length >= least && rest.Trim(" \t"u8).IsEmpty;
    }

    private UserError Unknown(byte letter) =>
        UserError.Usage(
            $"{shownPath}:{lineNumber}: '[{TaskLetters.Show(letter)}]' is no state of a task.",
            $"Use one of: {TaskLetters.Allowed}"
        );
}
