using Coop.Masking;

namespace Coop.Boxes;

/// <summary>The mounts that lie over what the box must not see: something empty and read-only over each path.</summary>
internal static class MaskMounts
{
    /// <summary>
    /// Sorted by path within each purpose, as the finder sorted them. A link cannot be covered, since a mount would follow it: what it leads to is in the list.
    /// </summary>
    public static IReadOnlyList<Mount> Plan(BoxFacts facts)
    {
        var root = facts.Location.Root;
        var file = StatePaths.EmptyFile(facts.Directories);
        var directory = StatePaths.EmptyDirectory(facts.Directories);
        return
        [
            .. facts
                .Hidden.Hidden.Where(hidden => hidden.Kind != HiddenKind.Link)
                .Select(hidden => new Mount(
                    MountPurpose.Hidden,
                    hidden.Kind == HiddenKind.Directory ? directory : file,
                    root.Join(hidden.Path),
                    IsReadOnly: true
                )),
            .. facts.Hidden.Special.Select(special => new Mount(
                MountPurpose.Special,
                file,
                root.Join(special.Path),
                IsReadOnly: true
            )),
        ];
    }
}
