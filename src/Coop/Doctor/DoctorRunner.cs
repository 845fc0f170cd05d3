using Coop.Boxes;
using Coop.BoxPlanning;
using Coop.Configuration;
using Coop.Engines;
using Coop.Errors;
using Coop.Places;
using Coop.Processes;
using Coop.Repositories;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Doctor;

/// <summary>First what is missing to run at all, then a box and everything it promises.</summary>
internal sealed class DoctorRunner(
    HostEnvironment host,
    UserDirectories directories,
    Settings settings,
    EngineDetector detector,
    Func<EngineKind, IContainerEngine> engines,
    IReadOnlyList<IRequirementCheck> requirements,
    IReadOnlyList<IDoctorCheck> checks,
    BoxAttack attack,
    ITerminal terminal
)
{
    private static readonly Promise Starts = new("box", "A box starts", "See the whole command: coop run --dry-run -- true");

    public async Task<int> RunAsync(bool asJson, CancellationToken cancellationToken)
    {
        using ShutdownSignals signals = new();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, cancellationToken);
        try
        {
            var report = await ExamineAsync(either.Token);
            terminal.Out(asJson ? DoctorJson.Render(report) : DoctorText.Render(report));
            return report.CountOf(CheckOutcome.Failed) == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        catch (OperationCanceledException) when (signals.ExitCode is { } code)
        {
            return code;
        }
    }

    private async Task<DoctorReport> ExamineAsync(CancellationToken cancellationToken)
    {
        DoctorSubject subject;
        try
        {
            subject = await FindSubjectAsync(cancellationToken);
        }
        catch (UserError none)
        {
            CheckResult engine = new("engine", CheckOutcome.Failed, "An engine answers", none.Message, none.Hint);
            return new DoctorReport(null, null, [engine], NothingProved("there is no engine"));
        }

        List<CheckResult> needed = [];
        foreach (var requirement in requirements)
        {
            needed.Add(await requirement.CheckAsync(subject, cancellationToken));
        }

        if (needed.Exists(result => result.Outcome == CheckOutcome.Failed))
        {
            return new DoctorReport(subject.Engine, subject.Image, needed, NothingProved("no box was started"));
        }

        try
        {
            var evidence = await attack.RunAsync(subject, checks, cancellationToken);
            needed.Add(Starts.Held($"one of {subject.Engine.Name()} did"));
            return new DoctorReport(
                subject.Engine,
                subject.Image,
                needed,
                [.. checks.SelectMany(check => check.Judge(evidence))]
            );
        }
        catch (UserError cause)
        {
            needed.Add((Starts with { Advice = cause.Hint }).Failed(cause.Message));
            return new DoctorReport(subject.Engine, subject.Image, needed, NothingProved("no box started"));
        }
    }

    private async Task<DoctorSubject> FindSubjectAsync(CancellationToken cancellationToken)
    {
        var engine = await detector.DetectAsync(settings.Engine, cancellationToken);
        var problem = await engines(engine).ProbeAsync(cancellationToken);
        if (problem is not null && settings.Engine is null)
        {
            // The remembered one is gone; another may be there, which the next run would find as well.
            detector.Forget();
            engine = await detector.DetectAsync(null, cancellationToken);
            problem = null;
        }

        return new DoctorSubject(host, settings, engine, BoxPlanner.ImageOf(engine, RepositoryWithImage(), settings), problem);
    }

    // The image of the repository that the user stands in, as the next run would take it.
    private BytePath? RepositoryWithImage()
    {
        try
        {
            var start = settings.StartDirectory(host);
            var root = RepositoryFinder.FindOwn(start, directories.Home).Root;
            return OwnImage.IsIn(root) ? root : null;
        }
        catch (UserError)
        {
            // In the home, or nowhere in particular: the base image.
            return null;
        }
    }

    private List<CheckResult> NothingProved(string why) =>
        [.. checks.SelectMany(check => check.Promises).Select(promise => promise.NotProved(why))];
}
