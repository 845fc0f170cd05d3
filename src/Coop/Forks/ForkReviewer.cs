using System.Text;
using Coop.Clones;
using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Gates;
using Coop.Reviews;
using Coop.Terminal;

namespace Coop.Forks;

/// <summary><c>coop fork review</c>: takes the commits over and shows what a reviewer needs.</summary>
internal sealed class ForkReviewer(ForkDesk desk)
{
    public static string ReferenceOf(string name) => $"refs/coop/review/{name}";

    public async Task<int> RunAsync(string name, ForkReviewOptions options, CancellationToken cancellationToken)
    {
        var terminal = desk.Doors.Terminal;
        if ((options.Tool || options.Open) && !(terminal.InputIsTerminal && terminal.ErrorIsTerminal))
        {
            throw UserError.Usage(
                $"{(options.Tool ? "--tool" : "--open")} starts a program of yours on an agent's files, and needs a terminal.",
                $"Read it instead: coop fork review {name}"
            );
        }

        using var work = await ForkWork.OpenAsync(desk, name, "review", cancellationToken);
        var dossier = await work.ReadDossierAsync(desk, cancellationToken);
        await desk.Own.FetchAsync(work.Scratch, ScratchRepository.TipReference, ReferenceOf(name), cancellationToken);
        OwnerCare.Mend(desk, []);
        work.Keep(desk.Store, work.Record with { Reviewed = work.Tip });
        var gate = options.Gate ? await RunGateAsync(work, cancellationToken) : null;
        if (options.Json)
        {
            terminal.Out(
                DossierJson.Render(
                    dossier,
                    gate is null ? null
                        : gate.IsGreen ? "green"
                        : "red"
                )
            );
        }
        else
        {
            terminal.Out(DossierText.Render(dossier, options.Stat));
            ShowGate(gate);
            if (options.Tool)
            {
                return RunTool(work, dossier);
            }

            if (options.Open)
            {
                return await new ForkOpener(desk).OpenCopyAsync(work, dossier, cancellationToken);
            }

            if (!options.Stat && dossier.Files.Count > 0)
            {
                await ShowDiffAsync(work, dossier, cancellationToken);
            }
        }

        return dossier.Refusals.Any() || gate is { IsGreen: false } ? ExitCode.Failed : ExitCode.Done;
    }

    private async Task<GateOutcome?> RunGateAsync(ForkWork work, CancellationToken cancellationToken)
    {
        GateRunner gate = new(place => desk.SessionOn(place, []), desk.Doors.Settings.Gate);
        if (!gate.IsSet)
        {
            throw UserError.Usage("There is no gate to run.", "Name one: COOP_GATE='make test'");
        }

        var outcome = await new Rebasing(work.Scratch, desk.Identity() with { Signing = [] }, []).RunAsync(
            work.Position.Commit!,
            work.Tip,
            cancellationToken
        );
        return outcome is RebaseOutcome.Done done
            ? await gate.RunAsync(
                work.Scratch,
                work.PlaceFor("gate").Join(desk.Places.Repository.Name),
                done.Tip,
                work.Position.Branch!,
                cancellationToken
            )
            : throw ForkMerger.ConflictError(work, (RebaseOutcome.Conflict)outcome);
    }

    private void ShowGate(GateOutcome? gate)
    {
        if (gate is null)
        {
            return;
        }

        StringBuilder text = new();
        text.Append(gate.IsGreen ? "\nThe gate is green.\n" : $"\nThe gate is red (exit code {gate.ExitCode}):\n");
        if (!gate.IsGreen)
        {
            foreach (var line in gate.LastLines)
            {
                text.Append("  ").Append(line).Append('\n');
            }
        }

        desk.Doors.Terminal.Out(text.ToString());
    }

    private async Task ShowDiffAsync(ForkWork work, Dossier dossier, CancellationToken cancellationToken)
    {
        var diff = await work.Scratch.DiffAsync(dossier.Base, dossier.Tip, DossierCollector.MostDiffBytes, cancellationToken);
        desk.Doors.Terminal.Out("\n" + PlainText.Clean(Encoding.UTF8.GetString(diff.Span)));
        if (diff.Length == DossierCollector.MostDiffBytes)
        {
            desk.Doors.Terminal.Say(
                $"The change is longer than is shown; the rest: git diff {dossier.Base[..10]} {ReferenceOf(dossier.Fork)}"
            );
        }
    }

    // The user's own tool, found in the user's own configuration; the repository it looks at is Coop's.
    private int RunTool(ForkWork work, Dossier dossier)
    {
        var call = work.Scratch.Call("difftool", "--no-prompt", dossier.Base, dossier.Tip);
        return desk.Doors.Git.RunForeground(
            call with
            {
                Variables =
                [
                    .. call.Variables.Where(variable =>
                        variable.Bytes.StartsWith("GIT_DIR="u8) || variable.Bytes.StartsWith("GIT_WORK_TREE="u8)
                    ),
                ],
            }
        );
    }
}
