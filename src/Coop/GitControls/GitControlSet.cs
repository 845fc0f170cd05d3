using Coop.Storage;

namespace Coop.GitControls;

/// <summary>What of a repository must be guarded while a box runs.</summary>
/// <param name="Existing">What is there and gets a read-only mount; parents before what lies in them.</param>
/// <param name="Missing">What is not there, cannot be covered, and must not appear.</param>
/// <param name="EmptyDirectories">Standard directories that are missing and are made, empty, so that they can be covered.</param>
/// <param name="ModuleDirectories">The git directories of submodules, absolute.</param>
/// <param name="InTree">Of <paramref name="Existing"/> and <paramref name="Missing"/>, what lies in the working tree: reported, not moved, since the user's own git may change it.</param>
internal sealed record GitControlSet(
    IReadOnlyList<GitControl> Existing,
    IReadOnlyList<BytePath> Missing,
    IReadOnlyList<BytePath> EmptyDirectories,
    IReadOnlyList<BytePath> ModuleDirectories,
    IReadOnlySet<BytePath> InTree
)
{
    public static GitControlSet None { get; } = new([], [], [], [], new HashSet<BytePath>());
}
