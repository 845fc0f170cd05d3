using Coop.Configuration;
using Coop.Masking;
using Coop.Places;
using Coop.Repositories;
using Coop.Shadowing;
using Coop.Storage;

namespace Coop.HiddenFiles;

/// <summary>Finds what boxes of a repository do not see, with the user's exceptions and Coop's memory: the same answer for a box and for <c>coop hidden</c>.</summary>
/// <param name="Found">As of this search.</param>
/// <param name="Stores">Where exceptions and memory are kept.</param>
/// <param name="Memory">As it was before this search.</param>
/// <param name="VisibleTokens">Files that stay visible although a token stands in them; without those that are hidden by their name or allowed by the user.</param>
internal sealed record HiddenSearch(
    HiddenPaths Found,
    HiddenStores Stores,
    HiddenMemory Memory,
    IReadOnlyList<VisibleToken> VisibleTokens
)
{
    /// <param name="shadow">Whether content hides a file.</param>
    public static HiddenSearch Run(
        RepositoryLocation location,
        UserDirectories directories,
        ShadowContent shadow,
        CancellationToken cancellationToken
    )
    {
        HiddenStores stores = new(directories, location.Root);
        var content =
            shadow == ShadowContent.Off
                ? null
                : new ContentJudge(
                    location,
                    Path.Combine(directories.Cache, "content", RepositoryId.Of(location.Root)),
                    hidesTracked: shadow == ShadowContent.All
                );
        var memory = stores.Memory.Read();
        var exceptions = stores.Exceptions.Read();
        var found = new HiddenPathFinder(exceptions, memory).Find(location.Root, LeftAlone(location), content, cancellationToken);
        return new HiddenSearch(
            found,
            stores,
            memory,
            [.. (content?.Visible ?? []).Where(token => found.Find(token.Path) is null)]
        );
    }

    // The repository's own git directory is guarded otherwise.
    private static HashSet<BytePath> LeftAlone(RepositoryLocation location) =>
        location.GitDirectory is { } gitDirectory && gitDirectory.IsWithin(location.Root)
            ? [gitDirectory.RelativeTo(location.Root)]
            : [BytePath.From(".git")];
}
