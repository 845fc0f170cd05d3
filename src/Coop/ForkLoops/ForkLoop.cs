using System.CommandLine;
using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Loops;
using Coop.Runs;

namespace Coop.ForkLoops;

/// <summary><c>coop fork NAME … --loop</c>: the loop in a fork, while the user goes on in their own tree.</summary>
internal sealed class ForkLoop(Func<RunDoors> doors)
{
    private readonly ForkLoopOptions options = new();

    /// <summary>What <c>coop fork NAME</c> takes besides its own options.</summary>
    public IReadOnlyList<Option> Options => options.All;

    /// <summary>True when a loop is asked for.</summary>
    /// <exception cref="UserError">Options of the loop stand there without it; exit 2.</exception>
    public bool IsAsked(ParseResult parse) => options.IsAsked(parse);

    /// <param name="targets">As they were typed.</param>
    public Task<int> RunAsync(
        ParseResult parse,
        string name,
        IReadOnlyList<string> targets,
        ForkEntryOptions entry,
        CancellationToken cancellationToken
    )
    {
        ForkName.Check(name);
        var asksJson = options.AsksJson(parse);
        var desk = ForkDesk.Find(doors());
        if (options.AsksReport(parse))
        {
            var record = desk.Store.Read(name);
            return Task.FromResult(
                new LoopSetup(desk.Doors, desk.QueueOf(record.Name), ForkLoopPlan.ReportCommand(name)).Report(asksJson)
            );
        }

        var plan = PlanFor(desk, options.Read(parse, name, targets, entry));
        if (plan.Request.IsRehearsal)
        {
            return Task.FromResult(Rehearse(desk, plan));
        }

        return plan.Request.IsDetached
            ? new ForkLoopDetach(desk).StartAsync(plan, cancellationToken)
            : new ForkLoopRunner(desk.Doors).RunAsync(plan, cancellationToken);
    }

    private static ForkLoopPlan PlanFor(ForkDesk desk, ForkLoopRequest request)
    {
        var record = desk.Store.Find(request.Name);
        var seed = request.TasksFile is null ? null : QueueSeed.Read(desk, request.TasksFile);
        if (seed is null && (record is null || !new ForkQueue(desk, request.Name).Exists))
        {
            throw UserError.Usage(
                $"Fork '{request.Name}' has no queue yet.",
                $"Say where its tasks stand: coop fork {request.Name} claude --loop --tasks .agent/TASKS.md"
            );
        }

        var words = request.Targets.Count == 0 && record?.Target is { } last ? [last] : request.Targets;
        var chosen = request.Bounds(LoopTargets.Of(words, desk.Doors.Settings, desk.Doors.Time));
        if (chosen.DebugsOnFailure)
        {
            FailureDesk.RequireTerminal(desk.Doors.Terminal);
        }

        return new ForkLoopPlan(request, seed, chosen);
    }

    private static int Rehearse(ForkDesk desk, ForkLoopPlan plan)
    {
        var record = desk.Store.Find(plan.Name);
        ForkQueue queue = new(desk, plan.Name);
        var document =
            record?.Seed is not null || plan.Seed is null ? queue.Store.Kept ?? queue.Store.File.Read() : plan.Seed.Document;
        return new LoopSetup(desk.Doors, queue.Store, ForkLoopPlan.ReportCommand(plan.Name)).Rehearse(
            plan.Options,
            document ?? plan.Seed?.Document
        );
    }
}
