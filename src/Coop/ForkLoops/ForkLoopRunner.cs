using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Loops;
using Coop.Processes;
using Coop.Runs;
using Coop.Terminal;

namespace Coop.ForkLoops;

/// <summary>Makes the fork when it is not there, gives it its queue, and works it.</summary>
internal sealed class ForkLoopRunner(RunDoors doors)
{
    public async Task<int> RunAsync(ForkLoopPlan plan, CancellationToken cancellationToken)
    {
        var name = plan.Name;
        var desk = await ForkDesk.OpenAsync(doors, cancellationToken);
        var standing = await desk.PositionAsync(cancellationToken);
        desk.Store.Prepare();
        using var held = ForkLock.Take(desk.Places, name, $"loop with {plan.Targets}", doors.Time);
        var isNew = desk.Store.Find(name) is null;
        var record = await new ForkCreator(desk).FindOrMakeAsync(name, plan.Request.Entry, cancellationToken);
        ForkQueue queue = new(desk, name);
        record = plan.Seed is null ? record : queue.Plant(record, plan.Seed, isNew);
        record = record with { Target = plan.Options.Targets[0].ToString() };
        desk.Store.Write(record);
        var foreign = desk.OpenFork(record, cancellationToken);
        if (foreign.HeadReference != $"refs/heads/{name}")
        {
            throw new UserError(
                $"HEAD of fork '{name}' does not stand on its branch '{name}', which is what lands.",
                $"Let an agent mend it: coop fork {name}"
            );
        }

        var before = ForkDesk.TipOf(record, foreign);
        using var place = ScratchPlace.Make(desk.Places);
        ForkTree tree = new(desk, record, standing, place.Directory);
        LoopSetup setup = new(DoorsFor(desk, plan.Request), queue.Store, ForkLoopPlan.ReportCommand(name));
        desk.Store.Log(name, $"loop with {plan.Targets} begins at {before[..10]}");
        var code = ExitCode.Failed;
        try
        {
            code = await setup.RunAsync(tree, plan.Options, () => SayReady(plan.Request), cancellationToken);
        }
        finally
        {
            desk.Store.Log(name, $"loop ended with {code}");
        }

        var after = await tree.PositionAsync(cancellationToken);
        if (after.Commit != before)
        {
            doors.Terminal.Say($"Look at the change: coop fork review {name}");
        }

        return code;
    }

    // In the background both streams are the log, whose size is bounded there.
    private RunDoors DoorsFor(ForkDesk desk, ForkLoopRequest request) =>
        request.ReadyDescriptor is null
            ? doors
            : doors with
            {
                Terminal = new ForkLogTerminal(
                    doors.Terminal,
                    new ForkLog(desk.Places, request.Name),
                    [1, 2],
                    ForkLog.MostPartBytes
                ),
            };

    private static void SayReady(ForkLoopRequest request)
    {
        if (request.ReadyDescriptor is { } descriptor)
        {
            DetachedProcess.SayReady(descriptor);
        }
    }
}
