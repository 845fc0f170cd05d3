using Coop.Agents;
using Coop.Clones;
using Coop.Gates;
using Coop.LoopDecisions;
using Coop.LoopReports;
using Coop.TaskQueue;
using Coop.Terminal;

namespace Coop.Loops;

/// <summary>What happens in a run, as lines of its record. Pure.</summary>
internal static class LoopLines
{
    /// <param name="gate">What it said of where the run starts; null without a gate.</param>
    public static LoopLine Begin(
        DateTimeOffset at,
        LoopStart start,
        GateOutcome? gate,
        LoopOptions options,
        string? fork,
        bool audits,
        TaskDocument queue
    ) =>
        new("begin", at)
        {
            Start = start.Position.Commit,
            Gate = gate?.ExitCode,
            Tasks = [.. queue.Tasks.Select(task => PlainText.CleanLine(task.Title))],
            Target = string.Join(' ', options.Targets),
            Fork = fork,
            Audits = audits,
        };

    /// <summary>An agent is about to be started on a task.</summary>
    /// <param name="start">Where its work is judged from.</param>
    public static LoopLine Started(DateTimeOffset at, int task, string title, AgentTarget target, BranchPosition start) =>
        new("started", at)
        {
            Task = task + 1,
            Title = title,
            Target = target.ToString(),
            Start = start.Commit,
            Branch = start.Branch,
        };

    public static LoopLine Iteration(
        DateTimeOffset at,
        int task,
        string title,
        AgentTarget target,
        DateTimeOffset started,
        Attempt attempt,
        Evidence? found
    ) =>
        Run("iteration", at, target, started, attempt) with
        {
            Task = task + 1,
            Title = title,
            Claim = found?.Claim is { } claim ? TaskLetters.WordOf(claim) : null,
            Proved = found?.IsProved,
            Why = found?.Problem,
            Start = found?.Start,
            End = found?.End,
            Tree = found?.Tree,
            Gate = found?.Gate,
            NoChange = found?.NoChange,
            Question = found?.Question,
            Commits = found?.Commits,
            Findings = found?.Findings,
            Undone = found?.Undone,
        };

    /// <param name="why">Why it says nothing; null when it does.</param>
    public static LoopLine Audit(
        DateTimeOffset at,
        int round,
        AgentTarget target,
        DateTimeOffset started,
        Attempt attempt,
        string? why,
        IReadOnlyList<string> undone
    ) => Run("audit", at, target, started, attempt) with { Round = round, Why = why, Undone = undone };

    public static LoopLine Mark(DateTimeOffset at, LoopAction.Mark mark, LoopTask task, int round) =>
        new("mark", at)
        {
            Task = mark.Task + 1,
            Title = PlainText.CleanLine(task.Title),
            State = TaskLetters.WordOf(mark.State),
            Why = mark.Note ?? task.Reason,
            Question = mark.State == TaskState.Blocked ? mark.Question ?? task.Reason : null,
            Round = mark.Note is null ? null : round,
        };

    /// <summary>An audit found that a task holds.</summary>
    public static LoopLine Held(DateTimeOffset at, LoopTask task, int round) =>
        new("held", at)
        {
            Task = task.Index + 1,
            Title = PlainText.CleanLine(task.Title),
            Round = round,
        };

    public static LoopLine Limit(DateTimeOffset at, string target, LimitHit limit, DateTimeOffset until) =>
        new("limit", at)
        {
            Target = target,
            Why = limit.Message,
            Until = until,
        };

    private static LoopLine Run(string what, DateTimeOffset at, AgentTarget target, DateTimeOffset started, Attempt attempt) =>
        new(what, at)
        {
            Target = target.ToString(),
            Model = attempt.Model,
            Started = started,
            Ending = attempt.Ending.ToString().ToLowerInvariant(),
            Exit = attempt.ExitCode,
            Tokens = attempt.Tokens?.Total,
            Cost = attempt.Cost,
            Session = attempt.Session,
        };
}
