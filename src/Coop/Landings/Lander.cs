using System.Text.Json;
using Coop.Clones;
using Coop.Errors;
using Coop.Native;
using Coop.Storage;

namespace Coop.Landings;

/// <summary>
/// Moves the user's branch, index and tree to a commit, all or nothing, also when Coop is killed in between: a journal is written first, the index's lock is held
/// from then on, and whoever comes next finishes or takes back.
/// </summary>
internal sealed class Lander(OwnRepository own, LandingPlaces places, bool isSha256, TimeProvider time)
{
    // A git that outlived its coop holds the lock too, and ends within moments.
    private static readonly TimeSpan OrphanStep = TimeSpan.FromMilliseconds(50);
    private const int OrphanSteps = 60;

    private static readonly TimeSpan StaleLock = TimeSpan.FromSeconds(1);

    /// <summary>Lands the scratch repository's candidate. Not to be interrupted: Coop comes to an end of it first.</summary>
    /// <exception cref="UserError">The branch moved, the tree is not clean, something is in the way: nothing has changed.</exception>
    public async Task LandAsync(ScratchRepository scratch, LandingJournal landing)
    {
        using var held =
            FileLock.TryTake(GitDirectoryWriter.Text(places.Lock))
            ?? throw new UserError("Another coop lands something here.", "Wait for it, then try again.");
        await own.FetchAsync(scratch, landing.To, to: null, CancellationToken.None);
        var changes = await own.CompareAsync(landing.From, landing.To, CancellationToken.None);
        var journal = TakeIndexLock(landing);
        try
        {
            await CheckAsync(journal, changes);
            journal = journal with { IsWriting = true };
            WriteJournal(journal);
            File.Copy(GitDirectoryWriter.Text(places.Index), GitDirectoryWriter.Text(places.NextIndex), overwrite: true);
            var moved = await own.MoveTreeAsync(
                places.NextIndex,
                writesFiles: true,
                journal.From,
                journal.To,
                held,
                CancellationToken.None
            );
            if (!moved.Succeeded)
            {
                throw new UserError(
                    $"git cannot write the files: {ScratchRepository.Reason(moved)}",
                    "Everything was put back. See what is in the way: git status"
                );
            }

            if (
                !await own.TryMoveAsync(
                    journal.Branch,
                    journal.From,
                    journal.To,
                    $"coop fork merge {journal.Fork}",
                    held,
                    CancellationToken.None
                )
            )
            {
                throw new UserError(
                    "The branch moved while the fork landed.",
                    $"Everything was put back. Try again: coop fork merge {journal.Fork}"
                );
            }
        }
        catch
        {
            await SettleAsync(journal);
            throw;
        }

        File.Move(GitDirectoryWriter.Text(places.NextIndex), GitDirectoryWriter.Text(places.Index), overwrite: true);
        Release();
    }

    /// <summary>Brings a landing to its end that was begun by a Coop that is no more. Null when there is none, or when its Coop lives.</summary>
    public async Task<RepairOutcome?> RepairAsync()
    {
        var journalPath = GitDirectoryWriter.Text(places.Journal);
        if (!File.Exists(journalPath))
        {
            return null;
        }

        for (var step = 0; ; step++)
        {
            using var held = FileLock.TryTake(GitDirectoryWriter.Text(places.Lock));
            if (held is not null)
            {
                return ReadJournal() is { } journal ? await SettleAsync(journal) : null;
            }

            if (step == OrphanSteps)
            {
                return null;
            }

            await Task.Delay(OrphanStep, time, CancellationToken.None);
        }
    }

    private async Task<RepairOutcome> SettleAsync(LandingJournal journal)
    {
        if (journal.IsWriting && OwnsIndexLock(journal))
        {
            await RemoveStaleLocksAsync(journal);
        }

        var stands = await own.ResolveAsync(journal.Branch, CancellationToken.None);
        var position = await own.PositionAsync(CancellationToken.None);
        var landed = stands == journal.To;
        IReadOnlyList<BytePath> rescued = [];
        var rescue = places.Rescued.Join($"{time.GetUtcNow().ToUnixTimeMilliseconds()}");
        if (
            journal.IsWriting
            && OwnsIndexLock(journal)
            && position.Branch == journal.Branch
            && (landed || stands == journal.From)
        )
        {
            rescued = await RestoreAsync(journal, landed, rescue);
        }

        Release();
        return new RepairOutcome(journal, landed, rescued, rescue);
    }

    // What a git of ours left that was killed while it moved the branch. No git of ours lives now; one of the user's would not hold a lock for so long.
    private async Task RemoveStaleLocksAsync(LandingJournal journal)
    {
        var branch = BytePath.From($"{journal.Branch}.lock");
        List<BytePath> locks = [own.Location.GitDirectory!.Join("HEAD.lock"), own.Location.CommonDirectory!.Join(branch)];
        var before = locks.ConvertAll(InodeOf);
        if (before.TrueForAll(inode => inode is null))
        {
            return;
        }

        await Task.Delay(StaleLock, time, CancellationToken.None);
        for (var i = 0; i < locks.Count; i++)
        {
            if (before[i] is { } inode && InodeOf(locks[i]) == inode)
            {
                File.Delete(GitDirectoryWriter.Text(locks[i]));
            }
        }
    }

    private static ulong? InodeOf(BytePath path) => FileQuestion.StatusOfLink(CString.From(path.Bytes))?.Inode;

    private async Task<IReadOnlyList<BytePath>> RestoreAsync(LandingJournal journal, bool forward, BytePath rescue)
    {
        // Of a git that was killed: one that lives would hold the landing's lock.
        File.Delete(GitDirectoryWriter.Text(places.NextIndexLock));
        var changes = await own.CompareAsync(journal.From, journal.To, CancellationToken.None);
        TreeRestorer restorer = new(own.Location.Root, isSha256, rescue);
        var missing = restorer.Clear(changes, forward);
        var next = GitDirectoryWriter.Text(places.NextIndex);
        var wasReplaced = !File.Exists(next);
        File.Copy(GitDirectoryWriter.Text(places.Index), next, overwrite: true);
        if (forward && !wasReplaced)
        {
            _ = await own.MoveTreeAsync(
                places.NextIndex,
                writesFiles: false,
                journal.From,
                journal.To,
                held: null,
                CancellationToken.None
            );
        }

        if (missing.Count > 0)
        {
            var written = await own.CheckOutAsync(places.NextIndex, missing, CancellationToken.None);
            if (!written.Succeeded)
            {
                throw new UserError(
                    $"A landing cannot be brought to its end: {ScratchRepository.Reason(written)}",
                    "Make room or remove what is in the way, then try again: coop fork ls"
                );
            }
        }

        _ = await own.RefreshAsync(places.NextIndex, CancellationToken.None);
        File.Move(next, GitDirectoryWriter.Text(places.Index), overwrite: true);
        return restorer.Rescued;
    }

    private async Task CheckAsync(LandingJournal journal, IReadOnlyList<TreeChange> changes)
    {
        var position = await own.PositionAsync(CancellationToken.None);
        if (position.Branch != journal.Branch || position.Commit != journal.From)
        {
            throw new UserError(
                $"'{journal.Branch["refs/heads/".Length..]}' moved since the fork was rebased.",
                $"Nothing has changed. Try again: coop fork merge {journal.Fork}"
            );
        }

        if (await own.ListDirtyAsync(CancellationToken.None) is { Count: > 0 } dirty)
        {
            throw Dirty(dirty);
        }

        if (TreeObstacles.Find(own.Location.Root, changes) is { Count: > 0 } obstacles)
        {
            throw new UserError(
                $"'{obstacles[0]}' lies where the fork has a file{(obstacles.Count > 1 ? $", and {obstacles.Count - 1} more" : "")}; git does not track yours.",
                "Nothing has changed. Move your file away, or commit it."
            );
        }
    }

    /// <summary>How a tree with changes is refused.</summary>
    public static UserError Dirty(IReadOnlyList<BytePath> dirty) =>
        new(
            $"Your working tree has uncommitted changes ('{dirty[0]}'{(dirty.Count > 1 ? $" and {dirty.Count - 1} more" : "")}).",
            "Commit or stash them first: git stash"
        );

    private LandingJournal TakeIndexLock(LandingJournal landing)
    {
        var second = GitDirectoryWriter.Text(places.LockName);
        File.Delete(second);
        File.Delete(GitDirectoryWriter.Text(places.NextIndex));
        File.Delete(GitDirectoryWriter.Text(places.NextIndexLock));
        File.WriteAllText(second, "coop\n");
        var inode = FileQuestion.StatusOfLink(CString.From(places.LockName.Bytes))?.Inode ?? 0;
        var journal = landing with { LockInode = inode };

        // From here on somebody else can finish it.
        WriteJournal(journal);
        try
        {
            HardLink.Make(second, GitDirectoryWriter.Text(places.IndexLock));
        }
        catch (IOException cause)
        {
            File.Delete(second);
            File.Delete(GitDirectoryWriter.Text(places.Journal));
            throw new UserError(
                "git is at work in your repository, or was interrupted there: its index is locked.",
                $"Wait for it. If nothing runs: rm '{places.IndexLock}'",
                cause: cause
            );
        }

        return journal;
    }

    private void WriteJournal(LandingJournal journal) =>
        AtomicFile.Write(
            GitDirectoryWriter.Text(places.Journal),
            JsonSerializer.SerializeToUtf8Bytes(journal, LandingJsonContext.Default.LandingJournal)
        );

    private bool OwnsIndexLock(LandingJournal journal) =>
        FileQuestion.StatusOfLink(CString.From(places.IndexLock.Bytes)) is { } status && status.Inode == journal.LockInode;

    private void Release()
    {
        File.Delete(GitDirectoryWriter.Text(places.NextIndex));
        if (ReadJournal() is { } journal && OwnsIndexLock(journal))
        {
            File.Delete(GitDirectoryWriter.Text(places.IndexLock));
        }

        File.Delete(GitDirectoryWriter.Text(places.LockName));
        File.Delete(GitDirectoryWriter.Text(places.NextIndexLock));
        File.Delete(GitDirectoryWriter.Text(places.Journal));
    }

    private LandingJournal? ReadJournal()
    {
        try
        {
            var bytes = SafeFile.Read(places.State, BytePath.From("landing.json"), 64 * 1024);
            return bytes is null ? null : JsonSerializer.Deserialize(bytes, LandingJsonContext.Default.LandingJournal);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
