using System.Globalization;
using System.Text;
using System.Text.Json;
using Coop.Agents;
using Coop.Boxes;
using Coop.Clones;
using Coop.Errors;
using Coop.Gates;
using Coop.Git;
using Coop.Logins;
using Coop.Masking;
using Coop.Native;
using Coop.Processes;
using Coop.Runs;
using Coop.Storage;
using Coop.TaskQueue;
using Coop.Terminal;

namespace Coop.Loops;

/// <summary>Everything around a run: what must hold before it begins, the lock, the gate's first word, and what is told at the end.</summary>
internal sealed class LoopSetup
{
    private const string WorkName = "work";
    private const string RecordsName = "runs";

    private readonly RunDoors doors;
    private readonly RepositoryLocation location;
    private readonly QueueStore store;

    /// <exception cref="UserError">Here is no repository, or a fork; exit 2.</exception>
    public LoopSetup(RunDoors doors)
    {
        this.doors = doors;
        location = RepositoryFinder.FindOwn(doors.Settings.StartDirectory(doors.Host), doors.Directories.Home);
        if (!location.IsRepository)
        {
            throw UserError.Usage(
                "A loop needs a git repository, and here is none.",
                "Make one: git init && git add --all && git commit"
            );
        }

        store = new QueueStore(doors.Directories, location.Root, TaskQueueFile.DefaultPath);
    }

    /// <summary>Where records of runs lie.</summary>
    public BytePath Records => store.StateDirectory.Join(RecordsName);

    private ITerminal Terminal => doors.Terminal;

    /// <summary>The targets named, else every account that is signed in, else the first agent there is.</summary>
    public IReadOnlyList<AgentTarget> Targets(IReadOnlyList<string> words)
    {
        if (words.Count > 0)
        {
            return [.. words.Select(word => AgentRequests.Target(word, doors.Settings))];
        }

        var signedIn = new AccountList(doors.Settings.ConfigDirectory, doors.Time)
            .Read()
            .Where(state => state.Standing == AccountStanding.Good)
            .OrderByDescending(state => state.IsDefault)
            .Select(state => new AgentTarget(state.Place.Agent, Model: null, Effort: null, state.Place.Account))
            .ToList();
        return signedIn.Count > 0 ? signedIn : [new AgentTarget(AgentCatalog.All[0], null, null, null)];
    }

    /// <summary>Says what would be worked; starts no box.</summary>
    public Task<int> RehearseAsync(LoopOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var document = store.Kept ?? store.File.Read() ?? throw NoQueue();
        var open = document.Tasks.Where(task => task.State is TaskState.Todo or TaskState.Claimed).ToList();
        StringBuilder plan = new();
        plan.Append($"Targets: {string.Join(", ", options.Targets)}\n");
        plan.Append(
            $"Gate: {(doors.Settings.Gate.Count == 0 ? "none (set COOP_GATE)" : string.Join(' ', doors.Settings.Gate))}\n"
        );
        plan.Append(CultureInfo.InvariantCulture, $"Open tasks: {open.Count} of {document.Tasks.Count}\n");
        foreach (var task in open.Take(options.MostTasks ?? int.MaxValue))
        {
            plan.Append(CultureInfo.InvariantCulture, $"  {task.Index + 1}. {PlainText.CleanLine(task.Title)}\n");
        }

        Terminal.Out(plan.ToString());
        return Task.FromResult(ExitCode.Done);
    }

    public async Task<int> RunAsync(LoopOptions options, CancellationToken cancellationToken)
    {
        var prices = PriceTable.Read(doors.Settings.ConfigDirectory);
        CheckPrices(options, prices);
        using var held = Lock();
        using ShutdownSignals shutdown = new();
        await doors.Sessions(doors.Host, doors.Settings, []).SweepAsync(cancellationToken);
        OwnRepository own = new(doors.Git, location);
        var position = await PositionAsync(own, cancellationToken);
        var isResumed = store.Kept is not null;
        var place = store.StateDirectory.Join(WorkName);
        TreeRemoval.Remove(place);
        var evidence = await CollectorAsync(own, place, cancellationToken);
        if (!isResumed && await evidence.ListUncommittedAsync(cancellationToken) is { Count: > 0 } dirty)
        {
            throw UserError.Usage(
                $"{dirty.Count} {(dirty.Count == 1 ? "path is" : "paths are")} not committed ('{dirty[0]}'), and an agent could not be told from you.",
                "Commit or stash first: git stash --include-untracked"
            );
        }

        LoopQueue queue = new(store, location.Root, doors.Host.OwnerIn(location.Root));
        var told = queue.Open() ?? throw NoQueue();
        told.ToList().ForEach(Terminal.Say);
        try
        {
            if (!queue.Document.Tasks.Any(task => task.State is TaskState.Todo or TaskState.Claimed))
            {
                Terminal.Say("Nothing is to be done: the queue has no open task.");
                return ExitCode.Done;
            }

            return await WorkAsync(options, prices, queue, evidence, own, position, shutdown, cancellationToken);
        }
        finally
        {
            queue.Close();
            TreeRemoval.Remove(place);
        }
    }

    private async Task<int> WorkAsync(
        LoopOptions options,
        PriceTable prices,
        LoopQueue queue,
        EvidenceCollector evidence,
        OwnRepository own,
        BranchPosition position,
        ShutdownSignals shutdown,
        CancellationToken cancellationToken
    )
    {
        var gate = await evidence.TryGateAsync(position, cancellationToken);
        if (gate is { IsGreen: false })
        {
            Terminal.Say(
                $"The gate is red before the first task (exit code {gate.ExitCode}); a task counts only when it is green."
            );
        }

        using var record = LoopRecord.Begin(Records, doors.Time.GetUtcNow());
        LoopBoard board = new(Terminal, doors.Time);
        AgentRunner agents = new(doors.Settings, board, prices, shutdown, doors.Time);
        LoopRunner runner = new(doors, options, queue, record, evidence, own, agents, board, shutdown);
        var code = ExitCode.Failed;
        try
        {
            var end = await runner.RunAsync(position, gate, cancellationToken);
            code = end.Code == ExitCode.Interrupted ? shutdown.ExitCode ?? end.Code : end.Code;
            Terminal.Say(end.Why);
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

        Terminal.Say("See what was done: coop loop --report");
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

    private static async Task<BranchPosition> PositionAsync(OwnRepository own, CancellationToken cancellationToken)
    {
        var position = await own.PositionAsync(cancellationToken);
        return position.Commit is null
                ? throw UserError.Usage("This repository has no commit yet.", "Make the first: git add --all && git commit")
            : position.Branch is null
                ? throw UserError.Usage(
                    "HEAD is detached, and a loop works on a branch.",
                    "Name one for where you are: git switch --create work"
                )
            : position;
    }

    private async Task<EvidenceCollector> CollectorAsync(OwnRepository own, BytePath place, CancellationToken cancellationToken)
    {
        var configuration = await doors.Client.ReadConfigurationAsync(location.Root, cancellationToken);
        HiddenNames names = new(location.Root, new HiddenStores(doors.Directories, location.Root).Exceptions.Read());
        SessionsElsewhere elsewhere = new(doors.Host, doors.Settings, doors.Sessions, location.Root);
        GateRunner gate = new(tree => elsewhere.On(tree, []), doors.Settings.Gate);
        return new EvidenceCollector(doors.Git, own, own.Shape(configuration), names, gate, place);
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
            || LoopReport.From(LoopRecord.ReadLast(Records)) is not { } report
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
