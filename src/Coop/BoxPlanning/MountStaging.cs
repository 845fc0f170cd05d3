using Coop.Boxes;
using Coop.Configuration;
using Coop.Places;
using Coop.Storage;

namespace Coop.BoxPlanning;

/// <summary>
/// Decides which sources root must prepare elsewhere first. Two reasons: their owner must be shown as another user (an id-mapped bind), or the engine
/// itself runs as an unprivileged user (bubblewrap started by root) that could not walk to them.
/// </summary>
internal static class MountStaging
{
    public const string Directory = "/run/coop";

    /// <summary>Where a run's sources are staged: for bubblewrap in a mount namespace that ends with it, for engines with a daemon in the host's.</summary>
    public static BytePath DirectoryOf(BoxFacts facts) =>
        facts.Engine == EngineKind.Bubblewrap ? BytePath.From(Directory) : BytePath.From(Directory).Join(facts.RunId);

    /// <summary>The mounts with their sources replaced, and what must be staged for them, in order.</summary>
    public static (IReadOnlyList<Mount> Mounts, IReadOnlyList<StagedSource> Sources) Plan(
        BoxFacts facts,
        BoxUser user,
        IReadOnlyList<Mount> mounts
    )
    {
        var stagesAll = facts.Engine == EngineKind.Bubblewrap && facts.Caller.Uid == 0;
        if (!stagesAll && !user.NeedsIdMappedMounts)
        {
            return (mounts, []);
        }

        List<StagedSource> sources = [];
        List<Mount> moved = [];
        foreach (var mount in mounts)
        {
            moved.Add(stagesAll || ShowsOwner(mount) ? mount with { Source = StagedPath(facts, mount, sources) } : mount);
        }

        return (moved, sources);
    }

    private static BytePath StagedPath(BoxFacts facts, Mount mount, List<StagedSource> sources)
    {
        var showsOwner = ShowsOwner(mount);
        var whole = mount.IsMask ? StatePaths.MaskDirectoryOf(facts.Directories, mount.Source) : mount.Source;
        if (sources.Find(staged => staged.ShowsOwner == showsOwner && mount.Source.IsWithin(staged.Source)) is not { } holder)
        {
            holder = new StagedSource(
                whole,
                DirectoryOf(facts).Join(sources.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                showsOwner
            );
            sources.Add(holder);
        }

        return holder.At.Join(mount.Source.RelativeTo(holder.Source));
    }

    // What the box's user must own; the rest is Coop's own and readable by all.
    private static bool ShowsOwner(Mount mount) =>
        mount is { Purpose: MountPurpose.Agents, IsReadOnly: false }
        || mount.Purpose
            is MountPurpose.Repository
                or MountPurpose.GitDirectory
                or MountPurpose.GitControl
                or MountPurpose.Rules
                or MountPurpose.Home
                or MountPurpose.Cache
                or MountPurpose.Tools;
}
