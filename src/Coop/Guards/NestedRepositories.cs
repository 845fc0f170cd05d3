using Coop.Errors;
using Coop.Native;
using Coop.Storage;

namespace Coop.Guards;

/// <summary>Searches what a walk found of other repositories in the tree, and moves away what a box made dangerous.</summary>
internal sealed class NestedRepositories(GitNote note, RepositoryJudge judge, Quarantine quarantine)
{
    private const int PointerLimitBytes = 64 * 1024;

    public async Task SearchAsync(IReadOnlyList<BytePath> found, CancellationToken cancellationToken)
    {
        foreach (var path in found)
        {
            if (FileQuestion.StatusOfLink(CString.From(path.Bytes)) is not { } status)
            {
                continue;
            }

            if (status.IsDirectory)
            {
                await TakeDangersAsync(path, cancellationToken);
            }
            else if (status.Changed >= note.StartedNanoseconds && !IsHarmlessPointer(path, status))
            {
                quarantine.Take(path, "a pointer to a git directory that a box could write");
            }
            else if (status.IsRegular && ReadPointer(path) is { } target && target.IsWithin(note.Root))
            {
                // An old pointer whose target a box could change.
                await TakeDangersAsync(target, cancellationToken);
            }
        }
    }

    private async Task TakeDangersAsync(BytePath gitDirectory, CancellationToken cancellationToken)
    {
        if (note.CommonDirectory is { } own && gitDirectory.IsWithin(own))
        {
            return;
        }

        foreach (var (path, reason) in await judge.JudgeAsync(gitDirectory, cancellationToken))
        {
            quarantine.Take(path, reason);
        }
    }

    // What git worktree add and submodules leave: a regular file that points into the repository's own, compared, git directory.
    private bool IsHarmlessPointer(BytePath path, FileStatus status) =>
        status.IsRegular
        && note.CommonDirectory is { } common
        && ReadPointer(path) is { } target
        && (note.Known.Contains(target) || IsOwnWorktree(target, path, common));

    private static bool IsOwnWorktree(BytePath target, BytePath pointer, BytePath common) =>
        target.Parent.Equals(common.Join("worktrees"))
        && WorktreeEntry.Problem(target) is null
        && WorktreeEntry.Tree(target) is { } tree
        && tree.Equals(pointer);

    private static BytePath? ReadPointer(BytePath path)
    {
        try
        {
            var content = SafeFile.Read(path.Parent, BytePath.From(path.Name), PointerLimitBytes).AsSpan().TrimEnd("\r\n"u8);
            if (!content.StartsWith("gitdir: "u8))
            {
                return null;
            }

            var target = BytePath.From(content["gitdir: "u8.Length..]);
            return (target.IsAbsolute ? target : path.Parent.Join(target)).Normalized();
        }
        catch (Exception cause) when (cause is UserError or ArgumentException)
        {
            return null;
        }
    }
}
