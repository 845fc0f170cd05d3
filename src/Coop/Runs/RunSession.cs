using Coop.Agents;
using Coop.Boxes;
using Coop.BoxPlanning;
using Coop.Configuration;
using Coop.Engines;
using Coop.Errors;
using Coop.Images;
using Coop.LiveBoxes;
using Coop.Places;
using Coop.Processes;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Runs;

/// <summary>One live run: choose the engine, sweep, collect, plan, say what starts, run.</summary>
internal sealed class RunSession(
    HostEnvironment host,
    UserDirectories directories,
    Settings settings,
    BoxFactsCollector collector,
    IndexSettling settling,
    EngineDetector detector,
    Func<EngineKind, IContainerEngine> engines,
    BoxReaper reaper,
    BoxRunner runner,
    ImageKeeper images,
    ToolProvision tools,
    ITerminal terminal,
    TimeProvider time
)
{
    // Far more than any command that Coop itself gives to a box prints.
    private const int MostCapturedBytes = 8 << 20;

    private TerminalFacts UserTerminal =>
        new(terminal.InputIsTerminal, terminal.OutputIsTerminal, host.GetFilled("TERM"), host.GetFilled("COLORTERM"));

    /// <summary>Runs the box and returns its command's own exit code.</summary>
    /// <param name="isStrict">What the host would run by itself afterwards needs a yes.</param>
    public async Task<int> RunAsync(BoxRequest request, bool isStrict, CancellationToken cancellationToken)
    {
        var engine = engines(await detector.DetectAsync(settings.Engine, cancellationToken));

        // First of all: git may be asked nothing in a repository whose last box was never compared.
        await reaper.SweepAsync(directories, Tell, cancellationToken);
        var plan = await PlanAsync(request, engine.Kind, UserTerminal, isRehearsal: false, cancellationToken);
        SayStart(plan);

        var found = GuardReport.Nothing;
        var code = await RunOrBuildAsync(
            request,
            plan,
            engine,
            report =>
            {
                found = report;
                Tell(report);
            },
            cancellationToken
        );
        return isStrict ? new StrictReview(directories, terminal).Review(plan, found, code) : code;
    }

    private void SayStart(BoxPlan plan)
    {
        OnceMark mark = new(directories, plan.Repository, "git-explained");
        var lines = StartText.Lines(plan, explainsGit: plan.Location.IsRepository && !mark.IsSet);
        foreach (var line in lines)
        {
            terminal.Say(line);
        }

        if (!plan.IsForeign && plan.Image is { } image && images.Outdated(plan.Engine, image, plan.Repository) is { } outdated)
        {
            terminal.Say(outdated);
        }

        if (lines.Contains(StartText.GitExplanation))
        {
            mark.Set();
        }
    }

    /// <summary>Sweeps what killed runs left; only then may git be asked anything in a repository.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) => reaper.SweepAsync(directories, Tell, cancellationToken);

    /// <summary>Runs the box without a word and without the user's streams, and returns what its command printed; its standard error is dropped.</summary>
    public Task<CapturedRun> CaptureAsync(BoxRequest request, CancellationToken cancellationToken) =>
        CaptureAsync(request, takesErrors: false, cancellationToken);

    /// <summary>As <see cref="CaptureAsync(BoxRequest, CancellationToken)"/>.</summary>
    /// <param name="takesErrors">Standard error is kept too, in the order it was written.</param>
    public async Task<CapturedRun> CaptureAsync(BoxRequest request, bool takesErrors, CancellationToken cancellationToken)
    {
        var engine = engines(await detector.DetectAsync(settings.Engine, cancellationToken));
        await reaper.SweepAsync(directories, Tell, cancellationToken);
        TerminalFacts none = new(InputIsTerminal: false, OutputIsTerminal: false, null, null);
        var plan = await PlanAsync(request, engine.Kind, none, isRehearsal: false, cancellationToken);
        await using var nothing = File.Open("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var silent = (int)nothing.SafeFileHandle.DangerousGetHandle();
        using CapturedStream output = new(MostCapturedBytes);
        var guard = GuardReport.Nothing;
        var code = await RunPlannedAsync(
            plan,
            engine,
            new BoxStreams(silent, output.Descriptor, takesErrors ? output.Descriptor : silent),
            found => guard = found,
            cancellationToken
        );
        return new CapturedRun(plan, code, output.Finish(), guard);
    }

    /// <summary>Runs the box on streams of the caller's, and without a word; its tools are provisioned first.</summary>
    /// <param name="streams">None of them is a terminal of the user's.</param>
    /// <param name="signals">What is sent there ends the box.</param>
    /// <returns>Without output, which went to the streams.</returns>
    public async Task<CapturedRun> ConductAsync(
        BoxRequest request,
        BoxStreams streams,
        SignalPipe signals,
        CancellationToken cancellationToken
    )
    {
        var engine = engines(await detector.DetectAsync(settings.Engine, cancellationToken));
        await reaper.SweepAsync(directories, Tell, cancellationToken);
        TerminalFacts none = new(InputIsTerminal: false, OutputIsTerminal: false, null, null);
        var plan = await PlanAsync(request, engine.Kind, none, isRehearsal: false, cancellationToken);
        await tools.EnsureAsync(plan, CaptureFor(plan), cancellationToken);
        var guard = GuardReport.Nothing;
        var code = await runner.RunAsync(plan, engine, streams, signals, found => guard = found, cancellationToken);
        return new CapturedRun(plan, code, ReadOnlyMemory<byte>.Empty, guard);
    }

    // What is foreign to one box is foreign to those that prepare it.
    private Func<BoxRequest, CancellationToken, Task<CapturedRun>> CaptureFor(BoxPlan plan) =>
        (request, cancellationToken) => CaptureAsync(request with { IsForeign = plan.IsForeign }, cancellationToken);

    // A missing image shows only when the engine is asked to start: to ask before would cost every start.
    private async Task<int> RunOrBuildAsync(
        BoxRequest request,
        BoxPlan plan,
        IContainerEngine engine,
        Action<GuardReport> report,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await tools.EnsureAsync(plan, CaptureFor(plan), cancellationToken);
            return await RunPlannedAsync(plan, engine, BoxStreams.Own, report, cancellationToken);
        }
        catch (UserError error)
            when (error.MissingImage is { } tag
                // An image of an agent's making is built by nobody.
                && !plan.IsForeign
                && images.CanBuild(tag, plan.Repository)
                && OffersBuild(engine, tag, isOwn: tag != settings.BaseImage)
            )
        {
            IReadOnlyList<IAgent> agents = request.Agent is { Packages.Count: > 0 } agent ? [agent] : [];
            await images.BuildAsync(engine.Kind, plan.Repository, agents, isUpdate: false, cancellationToken);
            var again = await PlanAsync(request, engine.Kind, UserTerminal, isRehearsal: false, cancellationToken);
            await tools.EnsureAsync(again, CaptureFor(again), cancellationToken);
            return await RunPlannedAsync(again, engine, BoxStreams.Own, report, cancellationToken);
        }
    }

    private bool OffersBuild(IContainerEngine engine, string tag, bool isOwn)
    {
        // Measured with the agents of 2026: docs/performance.md.
        var cost = isOwn ? $"from {OwnImage.FileName}" : "some minutes, 1 GB and 0.7 GB more for each agent";
        return Confirmation.Ask(terminal, $"{engine.Kind.Name()} has no image '{tag}'. Build it now ({cost})?");
    }

    private async Task<int> RunPlannedAsync(
        BoxPlan plan,
        IContainerEngine engine,
        BoxStreams streams,
        Action<GuardReport> report,
        CancellationToken cancellationToken
    )
    {
        using SignalPipe signals = new();
        try
        {
            return await runner.RunAsync(plan, engine, streams, signals, report, cancellationToken);
        }
        catch (UserError) when (settings.Engine is null)
        {
            detector.Forget();
            throw;
        }
    }

    /// <summary>Prints the plan and the engine's command; starts nothing.</summary>
    public async Task<int> RehearseAsync(BoxRequest request, CancellationToken cancellationToken)
    {
        var engine = engines(await detector.DetectAsync(settings.Engine, cancellationToken));
        var plan = await PlanAsync(request, engine.Kind, UserTerminal, isRehearsal: true, cancellationToken);
        var command = engine.Render(plan);

        // So that the printed command works when it is pasted.
        BoxFiles.Prepare(plan, directories, host.IsRoot);
        terminal.Out(PlanText.Render(plan, command));
        return ExitCode.Done;
    }

    private void Tell(GuardReport report)
    {
        foreach (var line in GuardText.Lines(report))
        {
            terminal.Say(line);
        }
    }

    private async Task<BoxPlan> PlanAsync(
        BoxRequest request,
        EngineKind engine,
        TerminalFacts window,
        bool isRehearsal,
        CancellationToken cancellationToken
    )
    {
        // git runs in a group of its own: without a word from here it would outlive Coop, for ever when it waits for a pipe.
        using ShutdownSignals signals = new();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, cancellationToken);
        try
        {
            var facts = await collector.CollectAsync(engine, window, settings, isRehearsal, request.IsForeign, either.Token);
            var complete = new HomePreparation(directories, time).Complete(request, facts, settings);
            var isSettled = isRehearsal || request.IsForeign;
            return BoxPlanner.Plan(complete, isSettled ? facts : await settling.SettleAsync(facts, either.Token), settings);
        }
        catch (OperationCanceledException) when (signals.ExitCode is { } code && !cancellationToken.IsCancellationRequested)
        {
            throw new UserError("Coop was told to end before the box had started.", "Nothing ran. Type it again: coop run", code);
        }
    }
}
