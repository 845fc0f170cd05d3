namespace Coop.LoopReports;

/// <summary>What a run did with one task.</summary>
/// <param name="Number">In the queue, from 1.</param>
/// <param name="State"><c>todo</c>, <c>claimed</c>, <c>done</c> or <c>blocked</c>.</param>
internal sealed record LoopReportTask(int Number, string Title, string State)
{
    /// <summary>Runs of agents.</summary>
    public required int Tries { get; init; }

    /// <summary>Audits that reopened it.</summary>
    public required int Reopened { get; init; }

    /// <summary>Why it is blocked or not done; null when it is done.</summary>
    public string? Why { get; init; }

    /// <summary>The proof: the commits from here …</summary>
    public string? Start { get; init; }

    /// <summary>… to here; null when it is not done.</summary>
    public string? End { get; init; }

    public int? Gate { get; init; }

    /// <summary>An audit found that it holds; null when it is not done, or nothing is audited in this run.</summary>
    public bool? Audited { get; init; }

    public string? NoChange { get; init; }

    public required IReadOnlyList<string> Commits { get; init; }

    public required IReadOnlyList<string> Findings { get; init; }

    public required IReadOnlyList<string> Undone { get; init; }

    /// <summary>What did not count, oldest first.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <param name="lines">Of this task, oldest first.</param>
    /// <param name="audits">What is done is audited.</param>
    public static LoopReportTask From(int number, IReadOnlyList<LoopLine> lines, bool audits)
    {
        var runs = lines.Where(line => line.Event == "iteration").ToList();
        var marks = lines.Where(line => line.Event == "mark").ToList();
        var state = marks.LastOrDefault()?.State ?? "todo";
        var proof = state == "done" ? runs.LastOrDefault(run => run.Proved == true) : null;
        return new LoopReportTask(number, lines.FirstOrDefault(line => line.Title is not null)?.Title ?? "", state)
        {
            Tries = runs.Count,
            Reopened = marks.Count(mark => mark is { State: "todo" or "blocked", Round: not null }),
            Why =
                state == "done" ? null
                : marks.LastOrDefault(mark => mark.Why is not null || mark.Question is not null) is { } mark
                    ? mark.Question ?? mark.Why
                : null,
            Start = proof?.Start,
            End = proof?.End,
            Gate = proof?.Gate,

            // What held at an audit is not reopened by the next.
            Audited = audits && proof is not null ? lines.Any(line => line.Event == "held") : null,
            NoChange = proof?.NoChange,
            Commits = proof?.Commits ?? [],
            Findings = [.. runs.SelectMany(run => run.Findings ?? []).Distinct()],
            Undone = [.. runs.SelectMany(run => run.Undone ?? []).Distinct()],
            Problems = [.. runs.Where(run => run is { Proved: not true, Why: not null }).Select(run => run.Why!)],
        };
    }
}
