using System.Text.RegularExpressions;

namespace Coop.TaskQueue;

/// <summary>What keeps tasks from being worked well, with the lines.</summary>
internal static partial class QueueLint
{
    // What an agent that knows nothing but the task asks for first.
    private static readonly string[] Parts = ["context", "files", "direction", "checks"];

    /// <param name="pending">The bytes of <see cref="PendingDecisions.Path"/>; null when there is no such file.</param>
    /// <param name="isLooping">A loop works the queue now.</param>
    /// <returns>In the order of lines.</returns>
    public static IReadOnlyList<(int Line, string Problem)> Find(TaskDocument document, byte[]? pending, bool isLooping)
    {
        List<(int Line, string Problem)> found = [.. document.Near.Select(near => (near.Line, near.Problem))];
        if (document.OpenFence is { } fence)
        {
            found.Add((fence, "the code block that begins here has no end"));
        }

        Dictionary<string, int> first = new(StringComparer.Ordinal);
        foreach (var task in document.Tasks.Where(task => task.State != TaskState.Example))
        {
            found.AddRange(Of(task, pending, isLooping).Select(problem => (task.Line, problem)));
            if (task.Title.Length > 0 && !first.TryAdd(task.Title, task.Line))
            {
                found.Add((task.Line, $"line {first[task.Title]} has the same title"));
            }
        }

        return [.. found.OrderBy(one => one.Line)];
    }

    private static IEnumerable<string> Of(QueuedTask task, byte[]? pending, bool isLooping)
    {
        if (task.Title.Length == 0)
        {
            yield return "the task has no title";
        }

        if (task.State == TaskState.Claimed && !isLooping)
        {
            yield return "the task is claimed, and no loop works the queue";
        }

        if (task.State == TaskState.Blocked && !PendingDecisions.Names(pending, task.Title))
        {
            yield return $"the task is blocked, and {PendingDecisions.Path} does not name it";
        }

        if (task.IsOpen && Missing(task.Body) is { Count: > 0 } missing)
        {
            yield return $"the body lacks {string.Join(", ", missing)}";
        }
    }

    private static List<string> Missing(string body)
    {
        var there = Label().Matches(body).Select(match => match.Groups["part"].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. Parts.Where(part => !there.Contains(part)).Select(part => $"'{char.ToUpperInvariant(part[0])}{part[1..]}:'")];
    }

    [GeneratedRegex(
        @"^[ \t]+(?:[-*+] )?\**(?<part>context|files|direction|checks)\**:",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        10_000
    )]
    private static partial Regex Label();
}
