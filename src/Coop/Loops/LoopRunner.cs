using Coop.Agents;
using Coop.Clones;
using Coop.Gates;
using Coop.LoopDecisions;
using Coop.LoopReports;
using Coop.Processes;
using Coop.Runs;
using Coop.TaskQueue;
using Coop.Terminal;

namespace Coop.Loops;

/// <summary>Carries out what <see cref="LoopMachine"/> decides, for one run: starts agents, looks at what they left, keeps queue and record.</summary>
internal sealed class LoopRunner(
    RunDoors doors,
    LoopOptions options,
    LoopQueue queue,
    LoopRecord record,
    EvidenceCollector evidence,
    ILoopTree tree,
    AgentRunner agents,
    LoopBoard board,
    ShutdownSignals shutdown
)
{
    private static readonly TimeSpan PauseStep = TimeSpan.FromSeconds(1);

    private LoopState state = new() { Tasks = [], Lanes = [] };

    // Where the iteration began that a limit or the end of an earlier Coop cut in two, or that left another history: what was committed before is a part of it, and a history
    // is mended when it is that of the start again.
    private (int Task, BranchPosition Start, IReadOnlyList<string>? Decisions)? unfinished;

    private DateTimeOffset Now => doors.Time.GetUtcNow();

    /// <summary>Works the queue until the machine ends the run.</summary>
    /// <param name="gate">What the gate said of where it starts; null without a gate.</param>
    public async Task<LoopAction.End> RunAsync(LoopStart start, GateOutcome? gate, CancellationToken cancellationToken)
    {
        var document = queue.Document;
        var first = document.Tasks.First(task => task.IsOpen).Index;
        state = new LoopState
        {
            Tasks =
            [
                .. document.Tasks.Select(task => new LoopTask(task.Index, task.Title, task.State)
                {
                    Reason = start.ReasonFor(task.Index, task.Index == first),
                }),
            ],
            Lanes = [.. options.Targets.Select(target => new Lane(target.ToString(), FreeAt: null, Probes: 0))],
            Bounds = new LoopBounds(options.MostTasks, options.MostCost, options.MostTokens, Now + options.MostTime),
            AsksOnFailure = options.DebugsOnFailure,
            Audits = doors.Settings.LoopCommand.Count == 0,
            AuditLane = AuditLane(),
        };
        record.Add(LoopLines.Begin(Now, start, gate, options, tree.Fork, state.Audits, document));
        unfinished = start.Cut is { } cut ? (cut.Task, new BranchPosition(cut.Branch, cut.Start), queue.ReadDecisions()) : null;
        LoopEvent next = new LoopEvent.Begun(Now);
        while (true)
        {
            var (before, lane) = (state, state.LaneIndex);
            (state, var actions) = LoopMachine.Next(state, next);
            RecordLimit(next, lane);
            RecordVerdicts(before);
            LoopEvent? answer = null;
            foreach (var action in actions)
            {
                if (action is LoopAction.End end)
                {
                    End(end);
                    return end;
                }

                // Between two agents nobody but the loop hears a wish to end.
                answer =
                    shutdown.Count > 0 && action is not LoopAction.Mark
                        ? new LoopEvent.Interrupted(Now)
                        : await DoAsync(action, cancellationToken) ?? answer;
            }

            next = answer ?? throw new InvalidOperationException("The machine came to a halt.");
            Grow();
        }
    }

    private async Task<LoopEvent?> DoAsync(LoopAction action, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case LoopAction.Mark mark:
                Mark(mark);
                return null;
            case LoopAction.Pause pause:
                return await PauseAsync(pause);
            case LoopAction.Work work:
                return await WorkAsync(work, cancellationToken);
            case LoopAction.Audit audit:
                return await AuditAsync(audit, cancellationToken);
            case LoopAction.Ask ask:
                return await AskAsync(ask, cancellationToken);
            default:
                throw new InvalidOperationException($"Nobody does {action}.");
        }
    }

    private void Mark(LoopAction.Mark mark)
    {
        var task = queue.Document.Tasks[mark.Task];
        queue.Mark(mark.Task, mark.State, mark.Note);
        var title = PlainText.CleanLine(task.Title);
        if (mark.Question is { } question)
        {
            queue.Ask(title, question);
        }

        if (mark.State == TaskState.Claimed)
        {
            return;
        }

        var told = state.Tasks[mark.Task];
        record.Add(LoopLines.Mark(Now, mark, told, state.Round));
        board.Tell(
            $"Task {mark.Task + 1} '{title}': {TaskLetters.WordOf(mark.State)}{(told.Reason is null ? "" : $" ({told.Reason})")}."
        );
    }

    private async Task<LoopEvent> WorkAsync(LoopAction.Work work, CancellationToken cancellationToken)
    {
        var task = queue.Document.Tasks[work.Task];
        var target = options.Targets[work.Lane];
        var title = PlainText.CleanLine(task.Title);
        var started = Now;
        var (_, start, decisions) =
            unfinished is { } cut && cut.Task == work.Task
                ? cut
                : (work.Task, await tree.PositionAsync(cancellationToken), queue.ReadDecisions());
        record.Add(LoopLines.Started(started, work.Task, title, target, start));
        var place = $"{state.WorkedCount + 1} of {state.WorkCount}";
        board.Tell($"Task {work.Task + 1} ({place}) with {target}: {title}");
        board.Begin($"task {work.Task + 1} ({place}) {target}", state.WorkedCount, state.WorkCount);
        var prompt = IterationPrompt.ForTask(task, work.Reason, doors.Settings.Gate);
        var attempt = await RunAgentAsync(target, prompt, work.Session, cancellationToken);
        board.End();
        List<string> undone = [];
        var claim = queue.TakeClaim(work.Task, undone);
        Evidence? found = null;
        if (attempt.Ending is not (AttemptEnding.Interrupted or AttemptEnding.OutOfTime))
        {
            found = await evidence.CollectAsync(start, claim, queue.QuestionSince(decisions), cancellationToken) with
            {
                Undone = undone,
            };
        }

        if (shutdown.Count > 0 && found is { IsProved: false })
        {
            // The gate was cut off, or would have been.
            found = null;
            attempt = attempt with { Ending = AttemptEnding.Interrupted };
        }

        record.Add(LoopLines.Iteration(Now, work.Task, title, target, started, attempt, found));
        foreach (var line in undone)
        {
            board.Tell($"Undone: {line}.");
        }

        unfinished =
            attempt.Ending == AttemptEnding.Limited || found is { IsBroken: true } ? (work.Task, start, decisions) : null;
        return new LoopEvent.Worked(Now, attempt, found);
    }

    private async Task<LoopEvent> AskAsync(LoopAction.Ask ask, CancellationToken cancellationToken)
    {
        var choice = await new FailureDesk(doors, tree, shutdown).AskAsync(ask.Why, cancellationToken);

        // The queue is no less the loop's own in that box.
        List<string> undone = [];
        _ = queue.TakeClaim(ask.Task, undone);
        undone.ForEach(line => board.Tell($"Undone: {line}."));
        return new LoopEvent.Decided(Now, choice);
    }

    private void End(LoopAction.End end)
    {
        record.Add(new LoopLine("end", Now) { Exit = end.Code, Why = end.Why });
        board.Tell(end.Why);
        if (state.Unaudited is { Count: > 0 } tasks)
        {
            board.Tell(LoopReport.NotAudited([.. tasks.Select(task => task + 1)]));
        }
    }

    // Told when the machine has judged the auditor's answer.
    private void RecordVerdicts(LoopState before)
    {
        foreach (var task in state.Tasks.Where(task => task.IsAudited && !before.Tasks[task.Index].IsAudited))
        {
            record.Add(LoopLines.Held(Now, task, state.Round));
        }
    }

    // Told when the machine has worked out until when.
    private void RecordLimit(LoopEvent happened, int lane)
    {
        var attempt = happened switch
        {
            LoopEvent.Worked worked => worked.Attempt,
            LoopEvent.Audited audited => audited.Attempt,
            _ => null,
        };
        if (attempt is not { Ending: AttemptEnding.Limited, Limit: { } limit } || state.Lanes[lane].FreeAt is not { } until)
        {
            return;
        }

        var target = state.Lanes[lane].Target;
        record.Add(LoopLines.Limit(happened.At, target, limit, until));
        board.Tell(
            FormattableString.Invariant(
                $"{target} is refused: {limit.Message.TrimEnd('.')}. It is tried again at {until:yyyy-MM-dd HH:mm:ss} UTC."
            )
        );
    }

    private async Task<LoopEvent> AuditAsync(LoopAction.Audit audit, CancellationToken cancellationToken)
    {
        var target = options.Targets[audit.Lane];
        var before = await tree.PositionAsync(cancellationToken);
        var dirty = await evidence.ListUncommittedAsync(cancellationToken);
        var document = queue.Document;
        board.Tell(
            $"Audit {audit.Round} of {audit.Tasks.Count} done {(audit.Tasks.Count == 1 ? "task" : "tasks")} with {target}."
        );
        board.Begin($"audit {audit.Round} {target}", state.WorkedCount, state.WorkCount);
        var prompt = IterationPrompt.ForAudit([.. audit.Tasks.Select(task => (document.Tasks[task], state.Tasks[task].Done!))]);
        var started = Now;
        var attempt = await RunAgentAsync(target, prompt, session: null, cancellationToken);
        board.End();
        List<string> undone = [];
        _ = queue.TakeClaim(audit.Tasks[0], undone);
        var verdicts = VerdictReader.Read(attempt.LastWords, document.Tasks.Count);
        var after = await tree.PositionAsync(cancellationToken);
        var left = await evidence.ListUncommittedAsync(cancellationToken);
        var problem =
            after != before ? "the auditor moved the branch"
            : left is null || dirty is null || !left.SequenceEqual(dirty) ? "the auditor changed files"
            : null;
        var why = problem ?? (verdicts.Count == 0 ? "the auditor gave no verdict" : null);
        record.Add(LoopLines.Audit(Now, audit.Round, target, started, attempt, why, undone));
        return new LoopEvent.Audited(Now, attempt, verdicts, problem);
    }

    private async Task<Attempt> RunAgentAsync(
        AgentTarget target,
        string prompt,
        string? session,
        CancellationToken cancellationToken
    )
    {
        var settings = doors.Settings;

        // A command of the user's stands for every target; its name leads AgentRequests to the setting it came from.
        var worker = settings.LoopCommand is { Count: > 0 } command
            ? new AgentTarget(new CommandAgent("loop", command), Model: null, Effort: null, Account: null)
            : target;
        AgentErrand.Headless errand = new(prompt, IsStructured: true);
        var resume = session is null ? null : new AgentResume.Of(session);
        return await agents.RunAsync(
            await tree.OpenSessionAsync(cancellationToken),
            AgentRequests.Make(worker, errand, resume, settings, []) with
            {
                ShowsUtc = true,
                IsForeign = tree.Fork is not null,
            },
            worker.Agent,
            AgentRequests.ModelOf(target, settings),
            state.Bounds.Until,
            cancellationToken
        );
    }

    // By the wall clock, in short steps: a lid may close meanwhile.
    private async Task<LoopEvent> PauseAsync(LoopAction.Pause pause)
    {
        var until = state.Bounds.Until is { } end && end < pause.Until ? end : pause.Until;
        if (!pause.IsLimit)
        {
            board.Tell($"That did not count: {pause.Why}.");
        }

        while (until - Now is var left && left > TimeSpan.Zero)
        {
            if (shutdown.Count > 0)
            {
                break;
            }

            board.Count(left, pause.Why);
            try
            {
                await Task.Delay(left < PauseStep ? left : PauseStep, doors.Time, shutdown.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        board.End();
        return shutdown.Count > 0 ? new LoopEvent.Interrupted(Now) : new LoopEvent.Waited(Now);
    }

    // Tasks that were added to the queue meanwhile, by `coop tasks add`.
    private void Grow()
    {
        var tasks = queue.Document.Tasks;
        if (tasks.Count > state.Tasks.Count)
        {
            (state, _) = LoopMachine.Next(state, new LoopEvent.Grown(Now, [.. tasks.Skip(state.Tasks.Count)]));
        }
    }

    // Another agent sees what the first one overlooks.
    private int? AuditLane()
    {
        var lane = options.Targets.ToList().FindIndex(target => target.Agent.Name != options.Targets[0].Agent.Name);
        return lane >= 0 ? lane : null;
    }
}
