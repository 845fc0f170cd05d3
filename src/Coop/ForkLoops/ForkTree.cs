using Coop.Clones;
using Coop.ForkKeeping;
using Coop.Loops;
using Coop.Runs;
using Coop.Storage;
using Coop.Trees;

namespace Coop.ForkLoops;

/// <summary>
/// A fork as a loop sees it. Nothing in it is believed or started: references are read from their files, git works in directories of Coop's own beside it, and before each
/// look the fork is proved to be the one that Coop made. The fork must be held.
/// </summary>
/// <param name="standing">Where the user's branch stood: a commit that the user's objects hold.</param>
/// <param name="place">Of Coop's own; the caller removes it.</param>
internal sealed class ForkTree(ForkDesk desk, ForkRecord record, BranchPosition standing, BytePath place) : ILoopTree
{
    public BytePath Root => desk.Places.Fork(record.Name);

    public BytePath Repository => desk.Location.Root;

    public string? Fork => record.Name;

    private string OwnBranch => $"refs/heads/{record.Name}";

    public Task<BranchPosition> PositionAsync(CancellationToken cancellationToken)
    {
        var foreign = desk.OpenFork(record, cancellationToken);

        // Only what lands counts; and the name of another branch is the agent's to choose.
        return Task.FromResult(new BranchPosition(foreign.HeadReference == OwnBranch ? OwnBranch : null, foreign.Head));
    }

    public Task<IReadOnlyList<BytePath>> ListUncommittedAsync(CancellationToken cancellationToken)
    {
        var foreign = desk.OpenFork(record, cancellationToken);
        var tip = foreign.Head ?? record.Base;
        return BorrowedRepository
            .Make(desk.Doors.Git, Fresh("compared"), foreign, desk.Shape, tip)
            .ListUncommittedAsync(cancellationToken);
    }

    public async Task<ScratchRepository> TakeAsync(BytePath directory, string commit, CancellationToken cancellationToken)
    {
        var foreign = desk.OpenFork(record, cancellationToken);
        var borrowed = BorrowedRepository.Make(desk.Doors.Git, directory.Join("borrowed"), foreign, desk.Shape, commit);
        ScratchRepository scratch = new(desk.Doors.Git, directory, desk.Shape);
        scratch.Make(desk.Own.Objects, standing.Commit!);
        await scratch.FetchAsync(borrowed.Directory, BorrowedRepository.WorkReference, record.Name, cancellationToken);
        return scratch;
    }

    public Task<RunSession> OpenSessionAsync(CancellationToken cancellationToken)
    {
        var foreign = desk.OpenFork(record, cancellationToken);
        return Task.FromResult(desk.SessionOn(foreign, ForkDesk.TipOf(record, foreign), Fresh("seen")));
    }

    private BytePath Fresh(string name)
    {
        var directory = place.Join(name);
        TreeRemoval.Remove(directory);
        return directory;
    }
}
