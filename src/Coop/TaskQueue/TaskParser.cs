using System.Text;
using Coop.Errors;
using Coop.Terminal;

namespace Coop.TaskQueue;

/// <summary>Finds the tasks of a queue.</summary>
internal static class TaskParser
{
    private const int TitleAt = 5;

    /// <exception cref="UserError">A task has a letter that means nothing; exit 2.</exception>
    public static IReadOnlyList<QueuedTask> Parse(byte[] bytes, string shownPath)
    {
        List<QueuedTask> tasks = [];
        var inFence = false;
        var number = 0;
        var bodyAt = 0;
        for (var at = Start(bytes); at < bytes.Length; )
        {
            number++;
            var end = bytes.AsSpan(at).IndexOf((byte)'\n') is >= 0 and var length ? at + length + 1 : bytes.Length;
            var line = bytes.AsSpan(at, end - at).TrimEnd("\r\n"u8);
            if (line.StartsWith("```"u8) || line.StartsWith("~~~"u8))
            {
                inFence = !inFence;
                bodyAt = 0;
            }
            else if (!inFence && IsTask(line))
            {
                tasks.Add(Make(line, at, end, tasks.Count, number, shownPath));
                bodyAt = end;
            }
            else if (bodyAt > 0 && line is [(byte)' ' or (byte)'\t', ..] && !line.Trim(" \t"u8).IsEmpty)
            {
                tasks[^1] = tasks[^1] with { EndAt = end };
            }
            else if (!line.Trim(" \t"u8).IsEmpty)
            {
                bodyAt = 0;
            }

            at = end;
        }

        return [.. tasks.Select(task => task with { Body = BodyOf(bytes, task) })];
    }

    // A byte-order mark is no part of the first line.
    private static int Start(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\uFEFF"u8) ? 3 : 0;

    private static bool IsTask(ReadOnlySpan<byte> line) =>
        line.Length >= TitleAt
        && line.StartsWith("- ["u8)
        && line[4] == (byte)']'
        && (line.Length == TitleAt || line[TitleAt] == (byte)' ');

    private static QueuedTask Make(ReadOnlySpan<byte> line, int at, int end, int index, int number, string shownPath)
    {
        if (TaskLetters.Find(line[3]) is not { } state)
        {
            throw UserError.Usage(
                $"{shownPath}:{number}: '[{PlainText.CleanLine(Encoding.Latin1.GetString(line.Slice(3, 1)))}]' is no state of a task.",
                $"The states are {TaskLetters.Allowed}."
            );
        }

        return new QueuedTask(index, state, Encoding.UTF8.GetString(line[TitleAt..]).Trim(), "", number, at + 3, end);
    }

    private static string BodyOf(byte[] bytes, QueuedTask task)
    {
        var title = bytes.AsSpan(task.LetterAt).IndexOf((byte)'\n');
        if (title < 0 || task.LetterAt + title + 1 >= task.EndAt)
        {
            return "";
        }

        var text = Encoding
            .UTF8.GetString(bytes.AsSpan((task.LetterAt + title + 1)..task.EndAt))
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        return text.EndsWith('\n') ? text : text + "\n";
    }
}
