using Coop.Clones;
using Coop.ForkKeeping;

namespace Coop.Forks;

/// <summary>Looks at every fork without starting git: records, locks, and the files of references.</summary>
internal sealed class ForkLister(ForkDesk desk)
{
    public IReadOnlyList<ListedFork> List(CancellationToken cancellationToken) =>
        [.. desk.Store.All().OrderBy(record => record.Created).Select(record => Look(record, cancellationToken))];

    public ListedFork Look(ForkRecord record, CancellationToken cancellationToken)
    {
        var root = desk.Places.Fork(record.Name);
        if (ForeignRepository.ProblemOf(root, record.Identity) is { } problem)
        {
            return new ListedFork(record, problem == ForeignRepository.Gone ? ForkState.Missing : ForkState.Replaced, null, null);
        }

        var references = ForeignReferences.Read(root.Join(".git"), record.Base.Length, cancellationToken);
        var tip = references.All.GetValueOrDefault($"refs/heads/{record.Name}") ?? references.Head;
        if (ForkLock.IsHeld(desk.Places, record.Name))
        {
            return new ListedFork(record, ForkState.Running, tip, ForkLock.HolderOf(desk.Places, record.Name)?.Doing);
        }

        var state =
            tip is null || tip == record.Base ? ForkState.Empty
            : tip == record.LandedTip ? ForkState.Landed
            : tip == record.Reviewed ? ForkState.Reviewed
            : ForkState.Work;
        return new ListedFork(record, state, tip, null);
    }
}
