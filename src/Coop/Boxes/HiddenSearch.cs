using Coop.Git;
using Coop.Masking;
using Coop.Storage;

namespace Coop.Boxes;

/// <summary>Finds what boxes of a repository do not see, with the user's exceptions and Coop's memory: the same answer for a box and for <c>coop hidden</c>.</summary>
/// <param name="Found">As of this search.</param>
/// <param name="Stores">Where exceptions and memory are kept.</param>
/// <param name="Memory">As it was before this search.</param>
internal sealed record HiddenSearch(HiddenPaths Found, HiddenStores Stores, HiddenMemory Memory)
{
    public static HiddenSearch Run(RepositoryLocation location, UserDirectories directories, CancellationToken cancellationToken)
    {
        HiddenStores stores = new(directories, location.Root);
        var memory = stores.Memory.Read();
        var found = new HiddenPathFinder(stores.Exceptions.Read(), memory).Find(
            location.Root,
            LeftAlone(location),
            cancellationToken
        );
        return new HiddenSearch(found, stores, memory);
    }

    // The repository's own git directory is guarded otherwise.
    private static HashSet<BytePath> LeftAlone(RepositoryLocation location) =>
        location.GitDirectory is { } gitDirectory && gitDirectory.IsWithin(location.Root)
            ? [gitDirectory.RelativeTo(location.Root)]
            : [BytePath.From(".git")];
}
