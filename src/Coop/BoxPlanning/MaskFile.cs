using Coop.Boxes;
using Coop.Configuration;
using Coop.Formats;
using Coop.Native;

namespace Coop.BoxPlanning;

/// <summary>
/// The masks of a bubblewrap box with very many of them. bubblewrap 0.8 takes 9,000 arguments at most and needs quadratic time for its mounts (500: 0.27 s, 1,000: 0.75 s,
/// measured), so beyond a few hundred Coop's launcher mounts them itself, in a namespace around it.
/// </summary>
internal static class MaskFile
{
    private const int MostAsArguments = 300;

    /// <summary>A file with each mask's source and place, in words ended by NUL; null where arguments carry them.</summary>
    /// <param name="mounts">All of the plan's, staged.</param>
    public static PlannedFile? Plan(BoxFacts facts, IReadOnlyList<Mount> mounts)
    {
        if (facts.Engine != EngineKind.Bubblewrap || mounts.Count(mount => mount.IsMask) <= MostAsArguments)
        {
            return null;
        }

        // Where the tree itself is before bubblewrap mounts it: its own place, or where it is staged.
        var root = facts.Location.Root;
        var tree = mounts.First(mount => mount.Purpose == MountPurpose.Repository).Source;
        var words = mounts
            .Where(mount => mount.IsMask)
            .SelectMany(mount =>
                (CString[])[CString.From(mount.Source.Bytes), CString.From(tree.Join(mount.Target.RelativeTo(root)).Bytes)]
            );
        return PlannedFile.Shared(
            facts.Directories,
            "masks",
            string.Concat(words.Select(word => EscapedWord.Escape(word) + "\0"))
        );
    }
}
