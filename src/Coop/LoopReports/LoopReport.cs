namespace Coop.LoopReports;

/// <summary>The page for the morning: what a run did, by its record alone.</summary>
/// <param name="Started">When it began.</param>
/// <param name="Ended">When its last line was written.</param>
/// <param name="Exit">Its exit code; null when it was killed.</param>
/// <param name="Why">How it ended, as a sentence.</param>
internal sealed record LoopReport(DateTimeOffset Started, DateTimeOffset Ended, int? Exit, string Why)
{
    /// <summary>The fork it worked in; null for the user's own tree.</summary>
    public string? Fork { get; init; }

    public required IReadOnlyList<LoopReportTask> Tasks { get; init; }

    /// <summary>Refusals of providers, each as a sentence.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>Runs of agents, audits included.</summary>
    public required int Runs { get; init; }

    /// <summary>Runs whose cost nobody told.</summary>
    public required int RunsOfUnknownCost { get; init; }

    /// <summary>Runs that told no tokens; these are in no sum, and in no budget.</summary>
    public required int RunsOfUnknownTokens { get; init; }

    /// <summary>US dollars of the runs whose cost is known.</summary>
    public required decimal Cost { get; init; }

    public required long Tokens { get; init; }

    /// <summary>The gate's exit code on the commit that the run began with; null without a gate.</summary>
    public int? GateAtStart { get; init; }

    /// <summary>What to look at first: sentences, the most telling ones in front.</summary>
    public required IReadOnlyList<string> ReadFirst { get; init; }

    /// <summary>Null when there are no lines.</summary>
    /// <param name="isUnderWay">The run's Coop lives.</param>
    public static LoopReport? From(IReadOnlyList<LoopLine> lines, bool isUnderWay)
    {
        if (lines.FirstOrDefault(line => line.Event == "begin") is not { } begin)
        {
            return null;
        }

        var end = lines.LastOrDefault(line => line.Event == "end");
        var runs = lines.Where(line => line.Event is "iteration" or "audit").ToList();
        var tasks = lines
            .Where(line => line.Task is not null)
            .GroupBy(line => line.Task!.Value)
            .OrderBy(group => group.Key)
            .Select(group => LoopReportTask.From(group.Key, [.. group], begin.Audits == true))
            .ToList();
        return new LoopReport(
            begin.At,
            lines[^1].At,
            end?.Exit,
            end?.Why ?? (isUnderWay ? "It is under way." : "It was killed; the next loop goes on where it stood.")
        )
        {
            Fork = begin.Fork,
            Tasks = tasks,
            Limits =
            [
                .. lines
                    .Where(line => line.Event == "limit")
                    .Select(line =>
                        FormattableString.Invariant(
                            $"{line.At:HH:mm} {line.Target}: {line.Why}; tried again at {line.Until:yyyy-MM-dd HH:mm} UTC"
                        )
                    ),
            ],
            Runs = runs.Count,
            RunsOfUnknownCost = runs.Count(run => run.Cost is null),
            RunsOfUnknownTokens = runs.Count(run => run.Tokens is null),
            Cost = runs.Sum(run => run.Cost ?? 0),
            Tokens = runs.Sum(run => run.Tokens ?? 0),
            GateAtStart = begin.Gate,
            ReadFirst = [.. First(begin, tasks, lines)],
        };
    }

    /// <summary>That tasks are done, and that nobody has looked whether they hold.</summary>
    /// <param name="numbers">In the queue, from 1.</param>
    public static string NotAudited(IReadOnlyList<int> numbers) =>
        $"Done, but not audited: {(numbers.Count == 1 ? "task" : "tasks")} {string.Join(", ", numbers)}.";

    private static IEnumerable<string> First(LoopLine begin, IReadOnlyList<LoopReportTask> tasks, IReadOnlyList<LoopLine> lines)
    {
        foreach (var task in tasks.Where(task => task.State == "blocked"))
        {
            yield return $"Task {task.Number} waits for you: {task.Why}";
        }

        foreach (var audit in lines.Where(line => line is { Event: "audit", Why: not null }))
        {
            yield return $"Audit {audit.Round}: {audit.Why}";
        }

        if (tasks.Where(task => task.Audited == false).Select(task => task.Number).ToList() is { Count: > 0 } unaudited)
        {
            yield return NotAudited(unaudited);
        }

        foreach (var task in tasks)
        {
            foreach (var finding in task.Findings)
            {
                yield return $"Task {task.Number}: {finding}";
            }

            foreach (var undone in task.Undone)
            {
                yield return $"Task {task.Number}: {undone} (undone)";
            }

            if (task.NoChange is { } reason)
            {
                yield return $"Task {task.Number} changed no file: {reason}";
            }
        }

        if (begin.Gate is > 0)
        {
            yield return $"The gate was red before the first task (exit code {begin.Gate}).";
        }
    }
}
