using Coop.Boxes;
using Coop.Configuration;
using Coop.Places;
using Coop.Storage;

namespace Coop.BoxPlanning;

/// <summary>
/// Images keep <c>/root</c> closed to everybody but root, so the box's user could not walk to a repository below it. An empty skeleton of Coop's own with the way to the
/// mounts lies over it; bubblewrap's boxes have no <c>/root</c> and need none.
/// </summary>
internal static class ParentMounts
{
    private static readonly BytePath Closed = BytePath.From("/root");

    /// <summary>One mount, or none; the places it needs are added to <paramref name="directories"/>.</summary>
    public static IReadOnlyList<Mount> Plan(BoxFacts facts, BoxUser user, List<PlannedDirectory> directories)
    {
        if (facts.Engine == EngineKind.Bubblewrap || !facts.Location.Root.IsWithin(Closed))
        {
            return [];
        }

        var skeleton = StatePaths.Parents(facts.Directories, facts.Location.Root);
        BytePath?[] places = [facts.Location.Root, facts.Location.CommonDirectory, facts.Location.GitDirectory];
        foreach (var place in places.OfType<BytePath>().Where(place => place.IsWithin(Closed)).Distinct())
        {
            directories.Add(new PlannedDirectory(skeleton.Join(place.RelativeTo(Closed)), user.OnDisk, IsOpen: true));
        }

        return [new Mount(MountPurpose.Parents, skeleton, Closed, IsReadOnly: true)];
    }
}
