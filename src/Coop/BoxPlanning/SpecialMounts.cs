using Coop.Boxes;
using Coop.Places;

namespace Coop.BoxPlanning;

/// <summary>The mounts over sockets, FIFOs and devices that lie in the tree: an empty file, read-only.</summary>
internal static class SpecialMounts
{
    /// <summary>Sorted by path, as the finder sorted them.</summary>
    public static IEnumerable<Mount> Plan(BoxFacts facts) =>
        facts.Hidden.Special.Select(special => new Mount(
            MountPurpose.Special,
            StatePaths.EmptyFile(facts.Directories),
            facts.Location.Root.Join(special.Path),
            IsReadOnly: true
        ));
}
