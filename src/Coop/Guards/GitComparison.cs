using Coop.Native;
using Coop.Repositories;
using Coop.Storage;
using Coop.Trees;

namespace Coop.Guards;

/// <summary>Compares the repository's own control files with what was noted before the run.</summary>
internal sealed class GitComparison(GitNote note, RepositoryJudge judge, Quarantine quarantine)
{
    private readonly List<string> noticed = [];

    public IReadOnlyList<string> Noticed => noticed;

    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        foreach (var (path, before) in note.Controls)
        {
            if (ControlPrint.Of(path) != before)
            {
                await HandleChangeAsync(path, before == ControlPrint.Absent, cancellationToken);
            }
        }

        if (note.CommonDirectory is not { } common)
        {
            return;
        }

        foreach (var module in GitModules.Find(common, cancellationToken).Where(module => !note.Known.Contains(module)))
        {
            quarantine.Take(module, "a submodule's git directory that appeared in the box");
        }

        foreach (var name in SmallDirectory.Names(common.Join("worktrees")))
        {
            var entry = common.Join("worktrees").Join(name);
            if (!note.Known.Contains(entry) && WorktreeEntry.Problem(entry) is { } problem)
            {
                quarantine.Take(entry, problem);
            }
        }

        foreach (var (path, reason) in judge.Todo(note.GitDirectory ?? common).ToList())
        {
            quarantine.Take(path, reason);
        }
    }

    // The box saw what existed read-only: such a change is the user's own, made meanwhile, unless a replaced file lost its cover. So what could run something is
    // put back as it was, and everything else is left alone.
    private async Task HandleChangeAsync(BytePath path, bool appeared, CancellationToken cancellationToken)
    {
        if (note.InTree.Contains(path))
        {
            if (appeared)
            {
                quarantine.Take(path, "a path that your git configuration names and that was not there");
            }
            else
            {
                noticed.Add($"'{path}', which your git runs or reads, changed while the box ran: look at it before you use git.");
            }

            return;
        }

        if (note.Kept.TryGetValue(path, out var before))
        {
            await CompareConfigAsync(path, before, cancellationToken);
            return;
        }

        if (IsDirectory(path))
        {
            TakeNewEntries(path);
            return;
        }

        quarantine.Take(
            path,
            appeared ? "a file that git obeys and that was not there" : "a file that git obeys, changed while the box ran"
        );
    }

    // The user's own configuration may name programs, and the user may have changed it meanwhile: only what was not in it before counts.
    private async Task CompareConfigAsync(BytePath path, byte[] before, CancellationToken cancellationToken)
    {
        var known = await judge.UnsafeEntriesAsync(before, cancellationToken) ?? [];
        var now = RepositoryJudge.TryReadConfig(path) is { } content
            ? await judge.UnsafeEntriesAsync(content, cancellationToken)
            : null;
        var added = now?.Except(known).FirstOrDefault();
        if (now is not null && added is null)
        {
            return;
        }

        quarantine.Take(path, added is null ? "a configuration that git cannot read" : RepositoryJudge.Describe(added));
        AtomicFile.Write(path.ToString(), before);
        noticed.Add($"'{path}' was put back as it was before the run.");
    }

    private void TakeNewEntries(BytePath directory)
    {
        foreach (var name in SmallDirectory.Names(directory))
        {
            var entry = directory.Join(name);
            if (!IsServerInfo(entry) && ControlPrint.Of(entry) != note.Entries.GetValueOrDefault(entry, ControlPrint.Absent))
            {
                quarantine.Take(entry, "a file that git obeys, changed while the box ran");
            }
        }
    }

    // A list for clients of a plain web server; git gc of the host writes it, and nothing on the host obeys it.
    private static bool IsServerInfo(BytePath path) => path.Bytes.EndsWith("/info/refs"u8);

    private static bool IsDirectory(BytePath path) =>
        FileQuestion.StatusOfLink(CString.From(path.Bytes)) is { IsDirectory: true };
}
