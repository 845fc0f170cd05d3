using Coop.Errors;
using Coop.Storage;

namespace Coop.BoxPlanning;

/// <summary>Keeps boxes away from what Coop keeps for all of them: logins, homes, covers, the memory of what is hidden.</summary>
internal static class OwnPlaces
{
    /// <param name="root">Physical.</param>
    /// <param name="isMadeByCoop">A fork, or the export of a commit: it may lie in a directory of Coop's, which keeps nothing else there.</param>
    /// <param name="agentsDirectory">Settings and logins of the agents, which may lie anywhere.</param>
    /// <exception cref="UserError">The tree is, holds or lies in one of Coop's own directories; exit 2.</exception>
    public static void Refuse(BytePath root, bool isMadeByCoop, UserDirectories directories, string agentsDirectory)
    {
        foreach (
            var place in (string[])
                [directories.Configuration, directories.State, directories.Cache, directories.Data, agentsDirectory]
        )
        {
            var own = PhysicalPath.Of(BytePath.From(place));
            if (own.IsWithin(root) || (!isMadeByCoop && root.IsWithin(own)))
            {
                throw UserError.Usage(
                    $"'{root}' and Coop's own directory '{own}' lie in one another; a box would hold what Coop keeps for all boxes.",
                    "Keep Coop's files elsewhere (XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME, XDG_DATA_HOME, COOP_CONFIG_DIR), or run in a directory below: cd project"
                );
            }
        }
    }
}
