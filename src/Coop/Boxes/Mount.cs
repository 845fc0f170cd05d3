using Coop.Storage;

namespace Coop.Boxes;

/// <summary>One bind of a host path into the box; the order of a plan's mounts is the order they are made in.</summary>
/// <param name="Source">On the host, absolute; a staged place where the plan stages it.</param>
/// <param name="Target">In the box, absolute.</param>
internal sealed record Mount(MountPurpose Purpose, BytePath Source, BytePath Target, bool IsReadOnly)
{
    /// <summary>It lies over what the box must not see of the tree.</summary>
    public bool IsMask => Purpose is MountPurpose.Hidden or MountPurpose.Special;
}
