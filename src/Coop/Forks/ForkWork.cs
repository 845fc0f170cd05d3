using Coop.Clones;
using Coop.ForkKeeping;
using Coop.Reviews;
using Coop.Scanning;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Forks;

/// <summary>A fork's commits, taken into a scratch repository of Coop's: what review and merge work on. While it is open nobody else is in the fork.</summary>
internal sealed class ForkWork : IDisposable
{
    private readonly HeldLock held;
    private readonly ScratchPlace place;

    private ForkWork(HeldLock held, ScratchPlace place, ForkRecord record, ForeignRepository foreign, BranchPosition position)
    {
        this.held = held;
        this.place = place;
        Record = record;
        Foreign = foreign;
        Position = position;
        Tip = ForkDesk.TipOf(record, foreign);
    }

    public ForkRecord Record { get; private set; }

    public ForeignRepository Foreign { get; }

    /// <summary>Where the user stands.</summary>
    public BranchPosition Position { get; }

    /// <summary>The fork's last commit.</summary>
    public string Tip { get; }

    public required ScratchRepository Scratch { get; init; }

    public required BorrowedRepository Borrowed { get; init; }

    public Storage.BytePath PlaceFor(string name) => place.Directory.Join(name);

    /// <param name="doing">What others are told who want the fork too.</param>
    public static async Task<ForkWork> OpenAsync(ForkDesk desk, string name, string doing, CancellationToken cancellationToken)
    {
        var record = desk.Store.Read(ForkName.Check(name));
        var position = await desk.PositionAsync(cancellationToken);
        var taken = ForkLock.Take(desk.Places, name, doing, desk.Doors.Time);
        ScratchPlace? made = null;
        try
        {
            var foreign = desk.OpenFork(record, cancellationToken);
            made = ScratchPlace.Make(desk.Places);
            var tip = ForkDesk.TipOf(record, foreign);
            var borrowed = BorrowedRepository.Make(desk.Doors.Git, made.Directory.Join("borrowed"), foreign, desk.Shape, tip);
            ScratchRepository scratch = new(desk.Doors.Git, made.Directory, desk.Shape);
            scratch.Make(desk.Own.Objects, position.Commit!);
            await scratch.FetchAsync(borrowed.Directory, BorrowedRepository.WorkReference, name, cancellationToken);
            return new ForkWork(taken, made, record, foreign, position) { Scratch = scratch, Borrowed = borrowed };
        }
        catch
        {
            made?.Dispose();
            taken.Dispose();
            throw;
        }
    }

    public void Keep(ForkStore store, ForkRecord record)
    {
        store.Write(record);
        Record = record;
    }

    /// <summary>Reads the dossier; what is not committed is told by Coop, not by the agent.</summary>
    public async Task<Dossier> ReadDossierAsync(ForkDesk desk, CancellationToken cancellationToken)
    {
        DossierCollector collector = new(Scratch, desk.HiddenNames(), SecretScanner.Standard(), desk.Doors.Settings.Gate);
        return await collector.CollectAsync(
            Record.Name,
            Position.BranchName!,
            Position.Commit!,
            Tip,
            await NotesAsync(cancellationToken),
            cancellationToken
        );
    }

    private async Task<IReadOnlyList<string>> NotesAsync(CancellationToken cancellationToken)
    {
        List<string> notes = [];
        if (Record.LandedTip == Tip)
        {
            notes.Add($"It has landed as {Record.LandedAs?[..10]}.");
        }
        else if (Record.Reviewed is { } reviewed && reviewed != Tip)
        {
            var count = await Scratch.RunAsync(cancellationToken, "rev-list", "--count", $"{reviewed}..{Tip}");
            notes.Add(
                count.Succeeded
                    ? $"Since the last review ({reviewed[..10]}): {count.OutputText} more {(count.OutputText == "1" ? "commit" : "commits")}."
                    : $"Its history is another one than at the last review ({reviewed[..10]})."
            );
        }

        if (Foreign.Head is { } head && head != Tip)
        {
            var where = Foreign.HeadReference is { } reference
                ? $"'{PlainText.CleanLine(reference)}'"
                : "a commit beside its branch";
            notes.Add($"Its HEAD stands on {where} ({head[..10]}), which is not part of this.");
        }

        if (Foreign.References.ContainsKey("refs/stash"))
        {
            notes.Add("It has stashed work, which is not part of this.");
        }

        var uncommitted = await UncommittedAsync(cancellationToken);
        if (uncommitted is null)
        {
            notes.Add("What is not committed there cannot be told.");
        }
        else if (uncommitted.Count > 0)
        {
            notes.Add(
                $"{uncommitted.Count} {(uncommitted.Count == 1 ? "path" : "paths")} not committed there ('{uncommitted[0]}'), not part of this."
            );
        }

        return notes;
    }

    private async Task<IReadOnlyList<Storage.BytePath>?> UncommittedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Borrowed.ListUncommittedAsync(cancellationToken);
        }
        catch (Errors.UserError)
        {
            return null;
        }
    }

    public void Dispose()
    {
        place.Dispose();
        held.Dispose();
    }
}
