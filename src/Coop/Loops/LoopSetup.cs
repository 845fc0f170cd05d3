using System.Globalization;
using System.Text;
using System.Text.Json;
using Coop.Clones;
using Coop.Errors;
using Coop.Gates;
using Coop.HiddenFiles;
using Coop.LoopReports;
using Coop.Masking;
using Coop.Native;
using Coop.Processes;
using Coop.Runs;
using Coop.Storage;
using Coop.TaskQueue;
using Coop.Terminal;
using Coop.Trees;

namespace Coop.Loops;

/// <summary>Everything around a run: what must hold before it begins, the lock, the gate's first word, and what is told at the end.</summary>
/// <param name="store">The queue that is worked.</param>
/// <param name="reportCommand">What the user types to see what was done.</param>
internal sealed class LoopSetup(RunDoors doors, QueueStore store, string reportCommand)
{
    private const string WorkName = "work";
    private const string RecordsName = "runs";

    // Where records of runs lie.
    private BytePath Records => store.StateDirectory.Join(RecordsName);

    private ITerminal Terminal => doors.Terminal;

    /// <summary>Says what would be worked; starts no box.</summary>
    /// <param name="queue">The queue as it would be worked; null when there is none.</param>
    public int Rehearse(LoopOptions options, TaskDocument? queue)
    {
        var document = queue ?? throw NoQueue();
        var open = document.Tasks.Where(task => task.IsOpen).ToList();
        var tasks = document.Tasks.Count(task => task.State != TaskState.Example);
        StringBuilder plan = new();
        plan.Append($"Targets: {string.Join(", ", options.Targets)}\n");
        plan.Append(
            $"Gate: {(doors.Settings.Gate.Count == 0 ? "none (set COOP_GATE)" : string.Join(' ', doors.Settings.Gate))}\n"
        );
        plan.Append(CultureInfo.InvariantCulture, $"Open tasks: {open.Count} of {tasks}\n");
        foreach (var task in open.Take(options.MostTasks ?? int.MaxValue))
        {
            plan.Append(CultureInfo.InvariantCulture, $"  {task.Index + 1}. {PlainText.CleanLine(task.Title)}\n");
        }

        Terminal.Out(plan.ToString());
        return ExitCode.Done;
    }

    /// <summary>Prints what the last run did, also one that is under way.</summary>
    /// <exception cref="UserError">None has run.</exception>
    public int Report(bool json)
    {
        var isUnderWay = HeldLock.IsHeld(store.StateDirectory, QueueStore.LoopLock);
        if (LoopReport.From(LoopRecord.ReadLast(Records), isUnderWay) is not { } report)
        {
            throw new UserError("No loop has run here yet.", $"Start one: {reportCommand.Replace(" --report", "")}");
        }

        Terminal.Out(
            json ? JsonSerializer.Serialize(report, LoopJsonContext.Default.LoopReport) + "\n" : LoopReportText.Render(report)
        );
        return ExitCode.Done;
    }

    /// <param name="tree">Whose root is the queue's.</param>
    /// <param name="begun">Called once, when nothing stands in the way any more and the first agent is next.</param>
    public async Task<int> RunAsync(ILoopTree tree, LoopOptions options, Action begun, CancellationToken cancellationToken)
    {
        if (options.DebugsOnFailure)
        {
            FailureDesk.RequireTerminal(Terminal);
        }

        var prices = PriceTable.Read(doors.Settings.ConfigDirectory);
        CheckPrices(options, prices);
        using var held = Lock();
        using ShutdownSignals shutdown = new();
        var position = (await tree.PositionAsync(cancellationToken)).Required("a loop works on a branch");
        var place = store.StateDirectory.Join(WorkName);
        TreeRemoval.Remove(place);
        var evidence = Collector(tree, place);
        var cut = await CutAsync(evidence, position, cancellationToken);
        var leftOver = await LeftOverAsync(tree, evidence, isResumed: store.Kept is not null, cancellationToken);
        LoopQueue queue = new(store, tree.Root, doors.Host.OwnerIn(tree.Root));
        var told = queue.Open() ?? throw NoQueue();
        told.ToList().ForEach(Terminal.Say);
        cut = cut?.IsIn(queue.Document) == true ? cut : null;
        if (cut is not null && cut.Start != position.Commit)
        {
            Terminal.Say($"What was committed since {cut.Start[..10]} is taken for work at task {cut.Task + 1}.");
        }

        try
        {
            if (!queue.Document.Tasks.Any(task => task.IsOpen))
            {
                Terminal.Say("Nothing is to be done: the queue has no open task.");
                return ExitCode.Done;
            }

            begun();
            LoopStart start = new(position, leftOver, cut);
            return await WorkAsync(options, prices, queue, evidence, tree, start, shutdown, cancellationToken);
        }
        finally
        {
            queue.Close();
            TreeRemoval.Remove(place);
        }
    }

    // Known until the queue is opened, which gives the killed run's claim back.
    private async Task<CutTask?> CutAsync(
        EvidenceCollector evidence,
        BranchPosition position,
        CancellationToken cancellationToken
    ) =>
        store.Kept is { } kept
        && CutTask.From(kept, LoopRecord.ReadLast(Records)) is { } cut
        && cut.Branch == position.Branch
        && await evidence.HoldsAsync(cut.Start, position, cancellationToken)
            ? cut
            : null;

    // What an earlier run left in the tree, for the first agent; null when it left nothing. In the user's own tree it could as well be the user's.
    private static async Task<string?> LeftOverAsync(
        ILoopTree tree,
        EvidenceCollector evidence,
        bool isResumed,
        CancellationToken cancellationToken
    )
    {
        if (await evidence.ListUncommittedAsync(cancellationToken) is not { } left)
        {
            throw new UserError(
                $"git cannot compare '{tree.Root}' with its last commit.",
                "Its index may be damaged; look at it with care."
            );
        }

        if (left.Count == 0)
        {
            return null;
        }

        var what = $"{left.Count} {(left.Count == 1 ? "path is" : "paths are")} not committed ('{left[0]}')";
        return tree.Fork is not null || isResumed
            ? $"it ended before its work was committed: {what}"
            : throw UserError.Usage(
                $"{what}, and an agent could not be told from you.",
                "Commit or stash first (git stash --include-untracked), or work in a fork: coop fork NAME --loop --tasks .agent/TASKS.md"
            );
    }

    private async Task<int> WorkAsync(
        LoopOptions options,
        PriceTable prices,
        LoopQueue queue,
        EvidenceCollector evidence,
        ILoopTree tree,
        LoopStart start,
        ShutdownSignals shutdown,
        CancellationToken cancellationToken
    )
    {
        var gate = await evidence.TryGateAsync(start.Position, cancellationToken);
        if (gate is { IsGreen: false })
        {
            Terminal.Say(
                $"The gate is red before the first task (exit code {gate.ExitCode}); a task counts only when it is green."
            );
        }

        using var record = LoopRecord.Begin(Records, doors.Time.GetUtcNow());
        LoopBoard board = new(Terminal, doors.Time);
        AgentRunner agents = new(doors.Settings, board, prices, shutdown, doors.Time);
        LoopRunner runner = new(doors, options, queue, record, evidence, tree, agents, board, shutdown);
        var code = ExitCode.Failed;
        try
        {
            var end = await runner.RunAsync(start, gate, cancellationToken);
            code = end.Code == ExitCode.Interrupted ? shutdown.ExitCode ?? end.Code : end.Code;
        }
        catch (UserError failure)
        {
            record.Add(new LoopLine("end", doors.Time.GetUtcNow()) { Exit = failure.ExitCode, Why = failure.Message });
            throw;
        }
        finally
        {
            ReleaseClaims(queue);
            await NotifyAsync(cancellationToken);
        }

        Terminal.Say($"See what was done: {reportCommand}");
        return code;
    }

    // An error on the way leaves no task claimed.
    private static void ReleaseClaims(LoopQueue queue)
    {
        foreach (var task in queue.Document.Tasks.Where(task => task.State == TaskState.Claimed))
        {
            queue.Mark(task.Index, TaskState.Todo, note: null);
        }
    }

    private EvidenceCollector Collector(ILoopTree tree, BytePath place)
    {
        HiddenNames names = new(tree.Repository, new HiddenStores(doors.Directories, tree.Repository).Exceptions.Read());
        SessionsElsewhere elsewhere = new(doors.Host, doors.Settings, doors.Sessions, tree.Repository);
        GateRunner gate = new(export => elsewhere.On(export, []), doors.Settings.Gate);
        return new EvidenceCollector(tree, names, gate, place);
    }

    private HeldLock Lock()
    {
        Directory.CreateDirectory(Encoding.UTF8.GetString(store.StateDirectory.Bytes));
        if (HeldLock.TryTake(store.StateDirectory, QueueStore.LoopLock, "coop loop", doors.Time) is { } taken)
        {
            return taken;
        }

        var holder = HeldLock.HolderOf(store.StateDirectory, QueueStore.LoopLock);
        throw new UserError(
            holder is null
                ? "Another loop works this queue."
                : $"Another loop works this queue: process {holder.ProcessId}, since {holder.Since:HH:mm} UTC.",
            holder is null ? "Wait for it." : $"Wait for it, or end it: kill {holder.ProcessId}"
        );
    }

    // A budget that cannot be kept is refused instead of being forgotten.
    private void CheckPrices(LoopOptions options, PriceTable prices)
    {
        if (options.MostCost is null)
        {
            return;
        }

        foreach (var target in options.Targets.Where(target => !target.Agent.TellsCost))
        {
            var model = AgentRequests.ModelOf(target, doors.Settings);
            if (model is null || !prices.Knows(model))
            {
                throw UserError.Usage(
                    model is null
                        ? $"What {target} costs cannot be told: {target.Agent.Title} does not say, and no model is named."
                        : $"What {target} costs cannot be told: the price of '{PlainText.CleanLine(model)}' is not known.",
                    $"Name a model and its price in {doors.Settings.ConfigDirectory}/prices, or use --max-tokens."
                );
            }
        }
    }

    private static UserError NoQueue() =>
        UserError.Usage("There is no queue: .agent/TASKS.md is not there.", "Begin one: coop tasks add \"What is to be done\"");

    private async Task NotifyAsync(CancellationToken cancellationToken)
    {
        if (
            doors.Settings.NotifyCommand is not { Count: > 0 } command
            || LoopReport.From(LoopRecord.ReadLast(Records), isUnderWay: false) is not { } report
        )
        {
            return;
        }

        ProcessSpec spec = new(CString.From(command[0]), CString.List([.. command.Skip(1)]))
        {
            Input = JsonSerializer.SerializeToUtf8Bytes(report, LoopJsonContext.Default.LoopReport),
        };
        try
        {
            _ = await doors.Processes.CaptureAsync(spec, cancellationToken);
        }
        catch (ProgramNotFoundException cause)
        {
            Terminal.Say($"COOP_NOTIFY_CMD: {cause.Message}");
        }
    }
}
