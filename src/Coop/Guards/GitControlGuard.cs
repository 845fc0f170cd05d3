using Coop.Boxes;
using Coop.Errors;
using Coop.Git;
using Coop.GitControls;
using Coop.Places;
using Coop.Storage;
using Coop.Trees;

namespace Coop.Guards;

/// <summary>
/// Keeps git on the host safe from what a box left: notes every control file before the start, compares them afterwards, searches for what else git would run,
/// and moves what is dangerous away. The box itself sees these files read-only; this finds what could not be covered because it was not there.
/// </summary>
internal sealed class GitControlGuard(GitClient git, UserDirectories directories, TimeProvider time) : IBoxGuard
{
    private const string NoteName = "git";
    private const int KeptLimitBytes = 1 << 20;

    // File times come from a clock that moves in steps of the kernel's tick, up to 10 ms, behind the one we read.
    private const long ClockStepNanoseconds = 20_000_000;

    public async Task PrepareAsync(BoxPlan plan, string runDirectory, CancellationToken cancellationToken)
    {
        // git answers while the rest is read.
        var heads = plan is { Location.IsRepository: true, IsForeign: false, Hidden.Hidden.Count: > 0 }
            ? git.ListHeadsAsync(plan.Repository, cancellationToken)
            : Task.FromResult<IReadOnlyList<string>>([]);
        Dictionary<BytePath, string> controls = [];
        Dictionary<BytePath, string> entries = [];
        Dictionary<BytePath, byte[]> kept = [];
        foreach (var control in plan.GitControls.Existing)
        {
            controls[control.Path] = ControlPrint.Of(control.Path);
            foreach (var entry in SmallDirectory.Names(control.Path).Select(control.Path.Join))
            {
                entries[entry] = ControlPrint.Of(entry);
            }

            if (control.Kind == GitControlKind.Copy && TryRead(control.Path) is { } content)
            {
                kept[control.Path] = content;
            }
        }

        foreach (var missing in plan.GitControls.Missing)
        {
            controls[missing] = ControlPrint.Absent;
        }

        HashSet<BytePath> known = [.. plan.GitControls.ModuleDirectories];
        if (plan.Location.CommonDirectory is { } common)
        {
            known.UnionWith(SmallDirectory.Names(common.Join("worktrees")).Select(name => common.Join("worktrees").Join(name)));
        }

        GitNote note = new(
            plan.Location.Root,
            plan.Location.GitDirectory,
            plan.Location.CommonDirectory,
            (time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000) - ClockStepNanoseconds,
            controls,
            entries,
            kept,
            plan.GitControls.InTree,
            known,
            plan.IsForeign ? [] : [.. plan.Hidden.Hidden.Select(hidden => hidden.Path)],
            await heads
        );
        await File.WriteAllBytesAsync(Path.Combine(runDirectory, NoteName), note.Encode(), cancellationToken);
    }

    public async Task<GuardReport> InspectAsync(string runDirectory, CancellationToken cancellationToken)
    {
        var notePath = Path.Combine(runDirectory, NoteName);
        if (!File.Exists(notePath))
        {
            return GuardReport.Nothing;
        }

        GitNote note;
        try
        {
            note = GitNote.Decode(await File.ReadAllBytesAsync(notePath, cancellationToken));
        }
        catch (FormatException)
        {
            // Cut off by the same end that left the run behind: it had not started its box.
            return GuardReport.Nothing;
        }

        var place = BytePath.From(
            Path.Combine(directories.State, "quarantine", RepositoryId.Of(note.Root), Path.GetFileName(runDirectory))
        );
        Quarantine quarantine = new(
            place,
            (note.CommonDirectory ?? note.Root).Join("coop-quarantine").Join(Path.GetFileName(runDirectory))
        );
        RepositoryJudge judge = new(git, note.StartedNanoseconds);
        TreeAfterRun tree = new(note.Root, note.GitDirectory, note.StartedNanoseconds);
        TreeWalker.Walk(note.Root, 0, tree, cancellationToken);
        GitComparison comparison = new(note, judge, quarantine);
        await comparison.CompareAsync(cancellationToken);
        await new NestedRepositories(note, judge, quarantine).SearchAsync(tree.Repositories, cancellationToken);

        // Only now may git look at what the box left.
        var touched = await TouchedAsync(note, cancellationToken);
        return new GuardReport(quarantine.Moved, [.. comparison.Noticed, .. touched], tree.Triggers);
    }

    // What was moved away has to be told, whatever git says.
    private async Task<IEnumerable<string>> TouchedAsync(GitNote note, CancellationToken cancellationToken)
    {
        if (note.Hidden.Count == 0)
        {
            return [];
        }

        try
        {
            return Touched(note, await git.ListCommittedAsync(note.Root, note.Heads, cancellationToken));
        }
        catch (UserError error)
        {
            return [$"which commits touch hidden files is not known: {error.Message} {error.Hint}."];
        }
    }

    private static IEnumerable<string> Touched(GitNote note, IReadOnlyList<CommittedPath> committed) =>
        committed
            .Where(path => note.Hidden.Any(hidden => path.Path.IsWithin(hidden)))
            .Select(path => $"commit {path.Commit} touches '{path.Path}', which the box could not see: look before you push it.");

    private static byte[]? TryRead(BytePath path)
    {
        try
        {
            return SafeFile.Read(path.Parent, BytePath.From(path.Name), KeptLimitBytes);
        }
        catch (UserError)
        {
            return null;
        }
    }
}
