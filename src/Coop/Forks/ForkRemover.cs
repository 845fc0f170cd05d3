using Coop.Clones;
using Coop.Errors;
using Coop.ForkKeeping;
using Coop.Native;
using Coop.Storage;
using Coop.TaskQueue;
using Coop.Terminal;
using Coop.Trees;

namespace Coop.Forks;

/// <summary><c>coop fork rm</c>: removes a fork, and nothing else.</summary>
internal sealed class ForkRemover(ForkDesk desk)
{
    public async Task<int> RunAsync(string name, bool force, CancellationToken cancellationToken)
    {
        ForkName.Check(name);
        var record = desk.Store.Read(name);
        if (force && ForkLock.IsHeld(desk.Places, name))
        {
            await new ForkStopper(desk).StopAsync(name, cancellationToken);
        }

        using (ForkLock.Take(desk.Places, name, "rm", desk.Doors.Time))
        {
            var root = desk.Places.Fork(name);
            var problem = ForeignRepository.ProblemOf(root, record.Identity);
            if (problem is null || problem.StartsWith("its .git", StringComparison.Ordinal))
            {
                if (!force)
                {
                    await RefuseAsync(record, cancellationToken);
                }

                RemoveTree(record);
            }
            else if (problem != ForeignRepository.Gone)
            {
                throw new UserError(
                    $"'{root}' is not removed: {problem}.",
                    $"Look at what it is and remove it yourself; then again: coop fork rm {name}"
                );
            }

            TreeRemoval.Remove(desk.Places.Opened(name).Parent);
            TreeRemoval.Remove(desk.QueueOf(name).StateDirectory);
            desk.Store.Forget(name);
            await desk.Own.DeleteReferenceAsync(ForkReviewer.ReferenceOf(name), cancellationToken);
            new ForkLog(desk.Places, name).Remove();
        }

        File.Delete(ForkPlaces.Text(desk.Places.Lock(name)));
        desk.Doors.Terminal.Say($"Fork '{name}' is removed.");
        return ExitCode.Done;
    }

    // Out of its place first, by a rename that cannot be half-done.
    private void RemoveTree(ForkRecord record)
    {
        using var place = ScratchPlace.Make(desk.Places);
        var target = place.Directory.Join("removed");
        MoveOut(record.Name, target);
        if (
            FileQuestion.StatusOfLink(CString.From(target.Bytes)) is not { IsDirectory: true } moved
            || moved.Inode != record.Identity.Inode
        )
        {
            throw new UserError(
                $"'{desk.Places.Fork(record.Name)}' was replaced while it was removed.",
                $"What was there is in '{target}' for now; look at it."
            );
        }
    }

    private unsafe void MoveOut(string name, BytePath target)
    {
        using CStringArray names = new([CString.From(desk.Places.Fork(name).Bytes), CString.From(target.Bytes)]);
        if (Renaming.renameat(Fcntl.AT_FDCWD, names.Pointer[0], Fcntl.AT_FDCWD, names.Pointer[1]) != 0)
        {
            throw new UserError(
                $"'{desk.Places.Fork(name)}' cannot be removed: {Errno.Text(Errno.Last)}.",
                "See who owns it: ls -ld"
            );
        }
    }

    private async Task RefuseAsync(ForkRecord record, CancellationToken cancellationToken)
    {
        var foreign = desk.OpenFork(record, cancellationToken);
        var position = await desk.Own.PositionAsync(cancellationToken);
        if (foreign.References.ContainsKey("refs/stash"))
        {
            throw Refusal(record.Name, "has stashed work");
        }

        HashSet<string> harmless = [record.Base];
        if (record.LandedTip is { } landed)
        {
            harmless.Add(landed);
        }

        var all = foreign.References.AsEnumerable();
        if (foreign.Head is { } head)
        {
            all = all.Append(KeyValuePair.Create("HEAD", head));
        }

        foreach (var (reference, commit) in all)
        {
            if (
                !harmless.Contains(commit)
                && !(position.Commit is { } stands && await desk.Own.IsMergedAsync(commit, stands, cancellationToken))
            )
            {
                throw Refusal(
                    record.Name,
                    $"has commits that are not on your branch ({PlainText.CleanLine(reference)}, {commit[..10]})"
                );
            }
        }

        using var place = ScratchPlace.Make(desk.Places);
        var borrowed = BorrowedRepository.Make(
            desk.Doors.Git,
            place.Directory.Join("borrowed"),
            foreign,
            desk.Shape,
            foreign.Head ?? record.Base
        );

        // The queue was copied there, and what came of it stands in the loop's report.
        var uncommitted = await borrowed.ListUncommittedAsync(cancellationToken);
        BytePath[] paths = [.. uncommitted.Where(path => record.Seed is null || !path.Equals(TaskQueueFile.DefaultPath))];
        if (paths.Length > 0)
        {
            throw Refusal(
                record.Name,
                $"has uncommitted work ('{paths[0]}'{(paths.Length > 1 ? $" and {paths.Length - 1} more" : "")})"
            );
        }
    }

    private static UserError Refusal(string name, string reason) =>
        new($"Fork '{name}' {reason}.", $"Look: coop fork review {name}. To lose it: coop fork rm {name} --force");
}
