using Coop.Errors;
using Coop.TaskQueue;
using Step = (
    Coop.LoopDecisions.LoopState State,
    System.Collections.Generic.IReadOnlyList<Coop.LoopDecisions.LoopAction> Actions
);

namespace Coop.LoopDecisions;

/// <summary>
/// Every rule of the loop: state and event to state and actions. Pure; what it decides, <c>LoopRunner</c> carries out. The last action of a step is always one that
/// ends the run or leads to the next event.
/// </summary>
internal static class LoopMachine
{
    public static Step Next(LoopState state, LoopEvent happened) =>
        happened switch
        {
            LoopEvent.Begun => Go(state, [], happened.At),
            LoopEvent.Waited => Resume(state, happened.At),
            LoopEvent.Worked worked => AfterWork(state, worked),
            LoopEvent.Audited audited => AfterAudit(state, audited),
            LoopEvent.Decided decided => AfterDecision(state, decided),
            LoopEvent.Interrupted => Release(state, ExitCode.Interrupted, "You ended it."),
            LoopEvent.Grown grown => (
                state with
                {
                    Tasks = [.. state.Tasks, .. grown.Added.Select(task => new LoopTask(task.Index, task.Title, task.State))],
                },
                []
            ),
            _ => throw new InvalidOperationException($"No answer to {happened}."),
        };

    private static Step AfterWork(LoopState before, LoopEvent.Worked worked)
    {
        var state = Count(before, worked.Attempt);
        var task = state.Tasks[state.Current!.Value];
        if (worked.Found is { IsProved: true } proof)
        {
            return Finish(
                state,
                task with
                {
                    State = TaskState.Done,
                    Done = proof,
                    Reason = null,
                    Failures = 0,
                    Returns = 0,
                },
                worked
            );
        }

        if (worked.Found is { Claim: TaskState.Blocked, Question: not null } asked)
        {
            return Finish(state, task with { State = TaskState.Blocked, Reason = asked.Question }, worked);
        }

        return worked.Attempt.Ending switch
        {
            AttemptEnding.Interrupted => Release(state, ExitCode.Interrupted, "You ended it."),
            AttemptEnding.OutOfTime => Release(state, ExitCode.Failed, "The time of --max-time is over."),
            AttemptEnding.Limited => Refused(state, worked.Attempt, worked.At),
            _ => Retry(state, task, worked),
        };
    }

    private static Step Finish(LoopState state, LoopTask task, LoopEvent.Worked worked)
    {
        var next = Put(state, task) with { Current = null, Session = null, Ended = state.Ended + 1, GivenUpIdle = 0 };
        return Go(next, [new LoopAction.Mark(task.Index, task.State, Note: null, Question: null)], worked.At);
    }

    private static Step Retry(LoopState state, LoopTask task, LoopEvent.Worked worked)
    {
        var crashed = worked.Attempt.Ending != AttemptEnding.Finished;
        var reason = ReasonOf(worked);
        var isBroken = worked.Found is { IsBroken: true };
        var tried = task with
        {
            Failures = crashed ? task.Failures + 1 : 0,
            Returns = crashed ? task.Returns : task.Returns + 1,
            Reason = reason,
            HasBroken = isBroken,
        };
        var next = Put(state, tried) with { Session = null };
        if (state.AsksOnFailure)
        {
            return (next, [new LoopAction.Ask(task.Index, reason)]);
        }

        if (isBroken && task.HasBroken)
        {
            return Release(next, ExitCode.Failed, $"The history is not what it was, twice: {reason}.");
        }

        if (tried.Failures >= LoopRules.MostFailures || tried.Returns >= LoopRules.MostReturns)
        {
            var count = crashed ? tried.Failures : tried.Returns;
            var isIdle = worked.Found is not { } found || found.Start == found.End;
            return GiveUp(next, tried, $"given up after {count} tries: {reason}", isIdle, worked.At);
        }

        if (OverBudget(next, worked.At) is { } over)
        {
            return Release(next, ExitCode.Failed, over);
        }

        var wait = LoopRules.Backoff(crashed ? tried.Failures : tried.Returns);
        return (next, [new LoopAction.Pause(worked.At + wait, reason, IsLimit: false)]);
    }

    private static Step AfterDecision(LoopState state, LoopEvent.Decided decided)
    {
        var task = state.Tasks[state.Current!.Value];
        return decided.Choice switch
        {
            FailureChoice.Stop => Release(state, ExitCode.Failed, $"You ended it at task {task.Index + 1}: {task.Reason}."),
            FailureChoice.GoOn => GiveUp(state, task, $"left by you: {task.Reason}", isIdle: false, decided.At),
            FailureChoice.Retry when OverBudget(state, decided.At) is { } over => Release(state, ExitCode.Failed, over),
            FailureChoice.Retry => Resume(state, decided.At),
            _ => throw new InvalidOperationException($"No answer to {decided}."),
        };
    }

    private static Step GiveUp(LoopState state, LoopTask task, string why, bool isIdle, DateTimeOffset at)
    {
        var blocked = task with { State = TaskState.Blocked, Reason = why };
        var next = Put(state, blocked) with
        {
            Current = null,
            Session = null,
            Ended = state.Ended + 1,
            GivenUpIdle = isIdle ? state.GivenUpIdle + 1 : 0,
        };
        LoopAction.Mark mark = new(task.Index, TaskState.Blocked, Note: null, why);
        return next.GivenUpIdle >= LoopRules.MostGivenUpIdle && next.Tasks.Any(other => other.IsOpen)
            ? (
                next,
                [
                    mark,
                    new LoopAction.End(
                        ExitCode.Failed,
                        $"{next.GivenUpIdle} tasks in a row were given up and nothing was committed for any: the agent gets nowhere here."
                    ),
                ]
            )
            : Go(next, [mark], at);
    }

    private static string ReasonOf(LoopEvent.Worked worked) =>
        worked.Attempt.Ending switch
        {
            AttemptEnding.Silent => "the agent said nothing for too long and was ended",
            AttemptEnding.TooLong => "the agent worked for too long and was ended",
            AttemptEnding.Failed when worked.Found is { Claim: TaskState.Done, Problem: { } problem } => problem,
            AttemptEnding.Failed => $"the agent failed with exit code {worked.Attempt.ExitCode}",
            _ => worked.Found?.Problem ?? "nothing was found of its work",
        };

    // A refusal is no failure: the task stays claimed, and whoever is free goes on with it.
    private static Step Refused(LoopState state, Attempt attempt, DateTimeOffset at)
    {
        var limit = attempt.Limit!;
        var lane = state.Lanes[state.LaneIndex];
        var refused = lane with { FreeAt = LoopRules.FreeAgain(limit, at, lane.Probes), Probes = lane.Probes + 1 };
        List<Lane> lanes = [.. state.Lanes];
        lanes[state.LaneIndex] = refused;
        var next = state with { Lanes = lanes, Session = attempt.Session ?? state.Session };
        if (OverBudget(next, at) is { } over)
        {
            return Release(next, ExitCode.Failed, over);
        }

        if (lanes.FindIndex(other => other.IsFree(at)) >= 0)
        {
            return Resume(next, at);
        }

        var until = lanes.Min(other => other.FreeAt!.Value);
        return next.Bounds.Until is { } end && end < until
            ? Release(next, ExitCode.Failed, "Every target is refused for longer than --max-time allows.")
            : (next, [new LoopAction.Pause(until, $"{lane.Target}: {limit.Message}", IsLimit: true)]);
    }

    // Goes on with what was under way: the same task, or the audit.
    private static Step Resume(LoopState state, DateTimeOffset at)
    {
        var lane = FreeLane(state, at);
        var next = lane == state.LaneIndex ? state : state with { LaneIndex = lane, Session = null };
        if (next.IsAuditing)
        {
            return (next, [new LoopAction.Audit(next.Unaudited, lane, next.Round)]);
        }

        if (next.Current is not { } current)
        {
            return Go(next, [], at);
        }

        var work = new LoopAction.Work(current, lane, next.Session, next.Tasks[current].Reason);
        return (next with { Session = null }, [work]);
    }

    // The lane that worked, while it is free: a conversation can only go on there.
    private static int FreeLane(LoopState state, DateTimeOffset at)
    {
        if (state.Lanes[state.LaneIndex].IsFree(at))
        {
            return state.LaneIndex;
        }

        var free = state
            .Lanes.Select((lane, index) => (lane, index))
            .FirstOrDefault(pair => pair.lane.IsFree(at), (null!, -1))
            .Item2;
        return free >= 0 ? free : state.LaneIndex;
    }

    private static Step AfterAudit(LoopState before, LoopEvent.Audited audited)
    {
        var state = Count(before, audited.Attempt);
        if (audited.Attempt.Ending == AttemptEnding.Limited)
        {
            return Refused(state, audited.Attempt, audited.At);
        }

        if (audited.Attempt.Ending is AttemptEnding.Interrupted or AttemptEnding.OutOfTime)
        {
            var code = audited.Attempt.Ending == AttemptEnding.Interrupted ? ExitCode.Interrupted : ExitCode.Incomplete;
            return (state, [new LoopAction.End(code, "The audit was ended before its verdict.")]);
        }

        if (audited.Problem is { } problem)
        {
            return (state, [new LoopAction.End(ExitCode.Incomplete, $"The audit does not count: {problem}.")]);
        }

        List<LoopAction> actions = [];
        var next = state with { IsAuditing = false };
        var asked = state.Unaudited;
        foreach (var verdict in audited.Verdicts.Where(verdict => asked.Contains(verdict.Task)))
        {
            var task = next.Tasks[verdict.Task];
            next = verdict.Holds ? Put(next, task with { IsAudited = true }) : Put(next, Reopen(next, task, verdict, actions));
        }

        var unjudged = asked.Count(task => audited.Verdicts.All(verdict => verdict.Task != task));
        return unjudged > 0
            ? (
                next,
                [
                    .. actions,
                    new LoopAction.End(ExitCode.Incomplete, $"The auditor gave no verdict on {unjudged} of {asked.Count} tasks."),
                ]
            )
            : Go(next, actions, audited.At);
    }

    private static LoopTask Reopen(LoopState state, LoopTask task, Verdict verdict, List<LoopAction> actions)
    {
        var count = task.Reopened + 1;
        var isOver = count >= LoopRules.MostReturns || state.Round >= LoopRules.MostRounds;
        var why = $"reopened by the audit: {verdict.Reason}";
        actions.Add(
            new LoopAction.Mark(
                task.Index,
                isOver ? TaskState.Blocked : TaskState.Todo,
                why,
                isOver ? $"reopened {count} times, at last: {verdict.Reason}" : null
            )
        );
        return task with { State = isOver ? TaskState.Blocked : TaskState.Todo, Reopened = count, Reason = why, Done = null };
    }

    // Between tasks: the next one, the audit, or the end.
    private static Step Go(LoopState state, IReadOnlyList<LoopAction> first, DateTimeOffset at)
    {
        if (OverBudget(state, at) is { } over)
        {
            return (state, [.. first, new LoopAction.End(ExitCode.Failed, over)]);
        }

        var isFull = state.Bounds.MostTasks is { } most && state.Ended >= most;
        if (!isFull && state.Tasks.FirstOrDefault(task => task.IsOpen) is { } task)
        {
            var lane = FreeLane(state, at);
            var next = Put(state, task with { State = TaskState.Claimed }) with { Current = task.Index, LaneIndex = lane };
            return (
                next,
                [
                    .. first,
                    new LoopAction.Mark(task.Index, TaskState.Claimed, Note: null, Question: null),
                    new LoopAction.Work(task.Index, lane, Session: null, task.Reason),
                ]
            );
        }

        if (state.Unaudited is { Count: > 0 } done)
        {
            var lane = state.AuditLane is { } chosen && state.Lanes[chosen].IsFree(at) ? chosen : FreeLane(state, at);
            var next = state with { IsAuditing = true, Round = state.Round + 1, LaneIndex = lane, Session = null };
            return (next, [.. first, new LoopAction.Audit(done, lane, next.Round)]);
        }

        return (state, [.. first, Ending(state, isFull)]);
    }

    private static LoopAction.End Ending(LoopState state, bool isFull)
    {
        var open = state.Tasks.Count(task => task.IsOpen);
        var blocked = state.Tasks.Count(task => task.State == TaskState.Blocked);
        if (blocked > 0)
        {
            return new LoopAction.End(ExitCode.NeedsHuman, $"{Tasks(blocked)} blocked: a human must answer.");
        }

        return isFull && open > 0
            ? new LoopAction.End(ExitCode.Done, $"--max-tasks is reached; {Tasks(open)} left.")
            : new LoopAction.End(ExitCode.Done, "Every task is done.");
    }

    private static string Tasks(int count) => count == 1 ? "1 task" : $"{count} tasks";

    private static string? OverBudget(LoopState state, DateTimeOffset at) =>
        state.Bounds.MostCost is { } cost && state.Cost >= cost ? $"The budget of --max-cost is used up ({state.Cost:0.00} USD)."
        : state.Bounds.MostTokens is { } tokens && state.Tokens >= tokens
            ? $"The budget of --max-tokens is used up ({state.Tokens})."
        : state.Bounds.Until is { } until && until <= at ? "The time of --max-time is over."
        : null;

    // Gives the claim back and ends.
    private static Step Release(LoopState state, int code, string why)
    {
        LoopAction.End end = new(code, why);
        if (state.Current is not { } current)
        {
            return (state, [end]);
        }

        var next = Put(state, state.Tasks[current] with { State = TaskState.Todo }) with { Current = null };
        return (next, [new LoopAction.Mark(current, TaskState.Todo, Note: null, Question: null), end]);
    }

    private static LoopState Count(LoopState state, Attempt attempt)
    {
        var counted = state with
        {
            Cost = state.Cost + (attempt.Cost ?? 0),
            Tokens = state.Tokens + (attempt.Tokens?.Total ?? 0),
        };
        if (attempt.Ending == AttemptEnding.Limited)
        {
            return counted;
        }

        // It was served: the next refusal is the first again.
        List<Lane> lanes = [.. counted.Lanes];
        lanes[counted.LaneIndex] = lanes[counted.LaneIndex] with { FreeAt = null, Probes = 0 };
        return counted with { Lanes = lanes };
    }

    private static LoopState Put(LoopState state, LoopTask task)
    {
        List<LoopTask> tasks = [.. state.Tasks];
        tasks[task.Index] = task;
        return state with { Tasks = tasks };
    }
}
