using Coop.Git;
using Coop.Native;

namespace Coop.BoxPlanning;

/// <summary>
/// Waits out the one case in which a decoy would not hold: a tracked file as young as the index itself. git then does not trust size and time and reads the
/// content (racy git, in git's own documentation), which in the box is the decoy's. A refreshed index is younger than the file.
/// </summary>
internal sealed class IndexSettling(GitClient git, TimeProvider time)
{
    // File times may lie in the future (another machine's clock); that is not waited for.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // File times come from a clock that moves in steps of the kernel's tick, up to 10 ms, behind the one we read.
    private static readonly TimeSpan ClockStep = TimeSpan.FromMilliseconds(20);

    /// <summary>The facts with the index as it is after settling; the same when there was nothing to settle.</summary>
    public async Task<BoxFacts> SettleAsync(BoxFacts facts, CancellationToken cancellationToken)
    {
        if (facts.TrackedHidden.Count == 0 || IndexSeconds(facts) is not { } written)
        {
            return facts;
        }

        var youngest = facts.TrackedHidden.Max(file => file.ModifiedSeconds);
        if (youngest < written)
        {
            return facts;
        }

        var wait = DateTimeOffset.FromUnixTimeSeconds(youngest + 1) + ClockStep - time.GetUtcNow();
        if (wait > Longest)
        {
            return facts;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }

        var owner = facts.Caller.Uid == 0 ? facts.RepositoryOwner : facts.Caller;
        await git.RefreshIndexAsync(facts.Location, facts.GitConfiguration, (owner.Uid, owner.Gid), cancellationToken);
        return facts with
        {
            TrackedHidden = await git.ListTrackedAsync(
                facts.Location,
                [.. facts.Hidden.Hidden.Select(hidden => hidden.Path)],
                cancellationToken
            ),
        };
    }

    private static long? IndexSeconds(BoxFacts facts) =>
        facts.Location.GitDirectory is { } gitDirectory
        && FileQuestion.StatusOf(CString.From(gitDirectory.Join("index").Bytes)) is { } status
            ? status.Modified / 1_000_000_000
            : null;
}
