using Coop.Boxes;
using Coop.GitControls;
using Coop.Places;
using Coop.Storage;

namespace Coop.BoxPlanning;

/// <summary>The mounts that make git work in the box and keep it from changing what git on the host obeys.</summary>
internal static class GitMounts
{
    /// <summary>
    /// A git directory inside the tree is a mount of its own, so that it cannot be renamed away; one outside it (a linked worktree, a submodule's checkout)
    /// is mounted at its own place, since the tree points to it by its absolute path. What git obeys lies read-only on top.
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

        mounts.AddRange(
            facts.GitControls.Existing.Select(control => new Mount(
                MountPurpose.GitControl,
                SourceOf(control, facts.Directories),
                control.Path,
                IsReadOnly: true
            ))
        );
        return mounts;
    }

    /// <summary>The copies of configurations that the mounts show.</summary>
    public static IEnumerable<PlannedFile> Files(BoxFacts facts) =>
        facts
            .GitControls.Existing.Where(control => control.Kind == GitControlKind.Copy)
            .Select(control => CopyOf(control, facts.Directories));

    private static BytePath SourceOf(GitControl control, UserDirectories directories) =>
        control.Kind switch
        {
            GitControlKind.ReadOnly => control.Path,
            GitControlKind.Copy => CopyOf(control, directories).Path,
            GitControlKind.Blank => StatePaths.EmptyFile(directories),
            _ => throw new InvalidOperationException($"No mount for {control.Kind}."),
        };

    private static PlannedFile CopyOf(GitControl control, UserDirectories directories) =>
        PlannedFile.Shared(directories, "git-copy", control.Content ?? "");
}
