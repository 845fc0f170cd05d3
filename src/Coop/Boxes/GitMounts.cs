namespace Coop.Boxes;

/// <summary>The mounts that make git work in the box.</summary>
internal static class GitMounts
{
    /// <summary>
    /// A git directory inside the tree is a mount of its own, so that it cannot be renamed away; one outside it (a linked worktree, a submodule's checkout)
    /// is mounted at its own place, since the tree points to it by its absolute path.
    /// </summary>
    public static IReadOnlyList<Mount> Plan(BoxFacts facts)
    {
        if (facts.Location.CommonDirectory is not { } common)
        {
            return [];
        }

        List<Mount> mounts = [new(MountPurpose.GitDirectory, common, common, IsReadOnly: false)];
        if (facts.Location.GitDirectory is { } own && !own.IsWithin(common))
        {
            mounts.Add(new Mount(MountPurpose.GitDirectory, own, own, IsReadOnly: false));
        }

        return mounts;
    }
}
