using Coop.Clones;
using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Gates;
using Coop.Landings;
using Coop.Reviews;
using Coop.Terminal;

namespace Coop.Forks;

/// <summary><c>coop fork merge</c>: builds the commit that would land, lets the gate judge it, and lands exactly that one.</summary>
internal sealed class ForkMerger(ForkDesk desk)
{
    private ITerminal Terminal => desk.Doors.Terminal;

    public async Task<int> RunAsync(string name, ForkMergeOptions options, CancellationToken cancellationToken)
    {
        ForkName.Check(name);
        if (!await MergeAsync(name, options, cancellationToken))
        {
            Terminal.Say($"Fork '{name}' has nothing to land.");
            return ExitCode.Done;
        }

        if (options.Remove || (!options.Yes && Confirmation.Ask(Terminal, $"Remove fork '{name}' now that it has landed?")))
        {
            await new ForkRemover(desk).RunAsync(name, force: false, cancellationToken);
        }

        return ExitCode.Done;
    }

    /// <summary>Every fork with work, oldest first, each on the result of the one before; stops at the first that does not land.</summary>
    public async Task<int> RunAllAsync(ForkMergeOptions options, CancellationToken cancellationToken)
    {
        var queue = new ForkLister(desk)
            .List(cancellationToken)
            .Where(fork => fork.State is not (ForkState.Empty or ForkState.Landed or ForkState.Missing))
            .Select(fork => fork.Record.Name)
            .ToList();
        List<string> landed = [];
        for (var at = 0; at < queue.Count; at++)
        {
            try
            {
                if (await MergeAsync(queue[at], options, cancellationToken))
                {
                    landed.Add(queue[at]);
                }

                if (options.Remove)
                {
                    await new ForkRemover(desk).RunAsync(queue[at], force: false, cancellationToken);
                }
            }
            catch (UserError failure)
            {
                ErrorText.Lines(failure).ToList().ForEach(Terminal.Say);
                Terminal.Say($"Landed: {Names(landed)}. Failed: {queue[at]}. Waiting: {Names(queue.Skip(at + 1))}.");
                return failure.ExitCode;
            }
        }

        Terminal.Say(queue.Count == 0 ? "No fork has anything to land." : $"Landed: {Names(landed)}.");
        return ExitCode.Done;
    }

    /// <summary>How a conflict is told.</summary>
    public static UserError ConflictError(ForkWork work, RebaseOutcome.Conflict conflict) =>
        new(
            conflict.Paths.Count > 0
                ? $"Fork '{work.Record.Name}' conflicts with {PlainText.CleanLine(work.Position.BranchName!)} in {string.Join(", ", conflict.Paths.Take(5).Select(path => $"'{path}'"))}{(conflict.Paths.Count > 5 ? " and more" : "")}."
                : $"Fork '{work.Record.Name}' cannot be put onto {PlainText.CleanLine(work.Position.BranchName!)}: {conflict.Reason}",
            $"Nothing has changed. Merge it by hand: coop fork review {work.Record.Name} && git merge {ForkReviewer.ReferenceOf(work.Record.Name)}"
        );

    private static string Names(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "none";

    // False when there is nothing to land.
    private async Task<bool> MergeAsync(string name, ForkMergeOptions options, CancellationToken cancellationToken)
    {
        using var work = await ForkWork.OpenAsync(desk, name, "merge", cancellationToken);
        if (await desk.Own.ListDirtyAsync(cancellationToken) is { Count: > 0 } dirty)
        {
            throw Lander.Dirty(dirty);
        }

        var dossier = await work.ReadDossierAsync(desk, cancellationToken);
        if (dossier.Commits.Count == 0 || work.Record.LandedTip == work.Tip)
        {
            return false;
        }

        Refuse(dossier, options);
        Confirm(dossier, options);
        var outcome = await new Rebasing(work.Scratch, desk.Identity(), HomeVariables()).RunAsync(
            work.Position.Commit!,
            work.Tip,
            cancellationToken
        );
        if (outcome is RebaseOutcome.Conflict conflict)
        {
            desk.Store.Log(name, "conflict");
            throw ConflictError(work, conflict);
        }

        var candidate = ((RebaseOutcome.Done)outcome).Tip;
        if (candidate == work.Position.Commit)
        {
            // Every change is there already, under another commit.
            work.Keep(desk.Store, work.Record with { LandedTip = work.Tip, LandedAs = candidate });
            return false;
        }

        work.Scratch.PutReference(ScratchRepository.CandidateReference, candidate);
        await GateAsync(work, candidate, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        await LandAsync(work, candidate);
        return true;
    }

    private void Refuse(Dossier dossier, ForkMergeOptions options)
    {
        var refusals = dossier.Refusals.ToList();
        if (refusals.Count == 0)
        {
            return;
        }

        foreach (var finding in refusals.Take(10))
        {
            Terminal.Say(DossierText.Line(finding) + (options.Force ? ": lands because of --force" : ""));
        }

        if (!options.Force)
        {
            throw new UserError(
                $"Fork '{dossier.Fork}' does not land: {(refusals.Count == 1 ? "1 finding refuses" : $"{refusals.Count} findings refuse")} it.",
                $"Look: coop fork review {dossier.Fork}. If it is right: coop fork merge {dossier.Fork} --force"
            );
        }
    }

    private void Confirm(Dossier dossier, ForkMergeOptions options)
    {
        foreach (var note in dossier.Notes)
        {
            Terminal.Say(note);
        }

        if (options.Yes)
        {
            return;
        }

        if (!Terminal.InputIsTerminal || !Terminal.ErrorIsTerminal)
        {
            throw new UserError(
                $"Fork '{dossier.Fork}' lands only after a yes, and there is nobody to ask.",
                $"Pass --yes to land it without asking: coop fork merge {dossier.Fork} --yes"
            );
        }

        if (
            !Confirmation.Ask(
                Terminal,
                $"Land {dossier.Commits.Count} {(dossier.Commits.Count == 1 ? "commit" : "commits")} ({dossier.Files.Count} files, +{dossier.Added} -{dossier.Removed}) of '{dossier.Fork}' on {PlainText.CleanLine(dossier.Onto)}?"
            )
        )
        {
            throw new UserError($"Fork '{dossier.Fork}' was not landed.", $"Look at it first: coop fork review {dossier.Fork}");
        }
    }

    private async Task GateAsync(ForkWork work, string candidate, CancellationToken cancellationToken)
    {
        GateRunner gate = new(place => desk.SessionOn(place, []), desk.Doors.Settings.Gate);
        if (!gate.IsSet)
        {
            return;
        }

        var name = work.Record.Name;
        var place = work.PlaceFor("gate").Join(desk.Places.Repository.Name);
        var outcome = await gate.RunAsync(work.Scratch, place, candidate, work.Position.Branch!, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        desk.Store.Log(name, $"gate {(outcome.IsGreen ? "green" : $"red, exit code {outcome.ExitCode}")} on {candidate[..10]}");
        if (outcome.IsGreen)
        {
            Terminal.Say($"The gate is green on {candidate[..10]}.");
            return;
        }

        foreach (var line in outcome.LastLines)
        {
            Terminal.Say("  " + line);
            desk.Store.Log(name, "  " + line);
        }

        throw new UserError(
            $"The gate is red for fork '{name}' (exit code {outcome.ExitCode}).",
            $"Nothing has changed. Let an agent mend it: coop fork {name}"
        );
    }

    private async Task LandAsync(ForkWork work, string candidate)
    {
        var name = work.Record.Name;
        var branch = PlainText.CleanLine(work.Position.BranchName!);
        LandingJournal landing = new(name, work.Position.Branch!, work.Position.Commit!, candidate, work.Tip, LockInode: 0);
        await desk.Lander().LandAsync(work.Scratch, landing);
        work.Keep(desk.Store, work.Record with { LandedTip = work.Tip, LandedAs = candidate });
        OwnerCare.Mend(desk, await desk.Own.CompareAsync(landing.From, landing.To, CancellationToken.None));
        desk.Store.Log(name, $"landed on {branch} as {candidate[..10]}");
        Terminal.Say($"Fork '{name}' landed: {branch} stands on {candidate[..10]}.");
    }

    // What a signing program needs to find its keys and to ask for a passphrase.
    private IReadOnlyList<Native.CString> HomeVariables() =>
        [
            .. desk
                .Doors.Host.AsList()
                .Where(variable => variable.Bytes.StartsWith("HOME="u8) || variable.Bytes.StartsWith("XDG_CONFIG_HOME="u8)),
        ];
}
