using Coop.Errors;
using Coop.Storage;

namespace Coop.Repositories;

/// <summary>Where a repository's parts lie. All paths are absolute and physical.</summary>
/// <param name="Root">The top of the working tree; the current directory where there is no repository.</param>
/// <param name="GitDirectory">This working tree's own administrative directory; null outside a repository.</param>
/// <param name="CommonDirectory">The directory with objects, refs and configuration: <paramref name="GitDirectory"/>, but for linked worktrees.</param>
internal sealed record RepositoryLocation(BytePath Root, BytePath? GitDirectory, BytePath? CommonDirectory)
{
    public bool IsRepository => GitDirectory is not null;

    /// <summary>The same, which is a repository.</summary>
    /// <param name="whoNeeds">The beginning of a sentence: <c>A loop needs</c>.</param>
    /// <exception cref="UserError">There is none; exit 2.</exception>
    public RepositoryLocation Required(string whoNeeds) =>
        IsRepository
            ? this
            : throw UserError.Usage(
                $"{whoNeeds} a git repository, and here is none.",
                "Make one: git init && git add --all && git commit"
            );

    /// <summary>A checkout made by <c>git worktree add</c>.</summary>
    public bool IsLinkedWorktree => GitDirectory is not null && !GitDirectory.Equals(CommonDirectory);

    /// <summary>The administrative directory lies outside the working tree: a linked worktree or a submodule's checkout.</summary>
    public bool HasOutsideGitDirectory => GitDirectory is not null && !GitDirectory.IsWithin(Root);
}
