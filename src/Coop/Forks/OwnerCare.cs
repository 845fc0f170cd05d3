using Coop.Clones;
using Coop.ForkKeeping;
using Coop.Native;
using Coop.Trees;

namespace Coop.Forks;

/// <summary>When root works for another user: what git made in the user's repository is given to the user, who could not go on otherwise.</summary>
internal static class OwnerCare
{
    /// <param name="changes">What was written in the tree.</param>
    public static void Mend(ForkDesk desk, IReadOnlyList<TreeChange> changes)
    {
        if (
            !desk.Doors.Host.IsRoot
            || FileQuestion.StatusOf(CString.From(desk.Location.Root.Bytes)) is not { UserId: not 0 } owner
        )
        {
            return;
        }

        var common = desk.Location.CommonDirectory!;
        foreach (var place in (string[])["refs", "logs", "objects/pack"])
        {
            if (FileQuestion.StatusOfLink(CString.From(common.Join(place).Bytes)) is { IsDirectory: true })
            {
                TreeOwner.Give(common.Join(place), owner.UserId, owner.GroupId, CancellationToken.None);
            }
        }

        TreeOwner.GiveOne(desk.Location.GitDirectory!.Join("index"), owner.UserId, owner.GroupId);
        foreach (var path in changes.Where(change => !change.IsDeleted).Select(change => change.Path))
        {
            for (var at = path; !at.IsEmpty; at = at.Parent)
            {
                TreeOwner.GiveOne(desk.Location.Root.Join(at), owner.UserId, owner.GroupId);
            }
        }
    }
}
