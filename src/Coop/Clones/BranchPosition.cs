using Coop.Errors;

namespace Coop.Clones;

/// <summary>Where HEAD stands.</summary>
/// <param name="Branch">The whole name, <c>refs/heads/…</c>; null when HEAD is detached.</param>
/// <param name="Commit">Null before the first commit.</param>
internal sealed record BranchPosition(string? Branch, string? Commit)
{
    /// <summary>The branch as people write it.</summary>
    public string? BranchName => Branch?["refs/heads/".Length..];

    /// <summary>The same, which stands on a branch with a commit.</summary>
    /// <param name="need">What needs one, as the end of a sentence: <c>a loop works on a branch</c>.</param>
    /// <exception cref="UserError">Unborn or detached; exit 2.</exception>
    public BranchPosition Required(string need) =>
        Commit is null
            ? throw UserError.Usage("This repository has no commit yet.", "Make the first: git add --all && git commit")
        : Branch is null
            ? throw UserError.Usage($"HEAD is detached, and {need}.", "Name one for where you are: git switch --create work")
        : this;
}
