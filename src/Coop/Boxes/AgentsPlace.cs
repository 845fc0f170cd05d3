using Coop.Storage;

namespace Coop.Boxes;

/// <summary>Where a box without an image finds the agents.</summary>
internal static class AgentsPlace
{
    /// <summary>An npm prefix.</summary>
    public static readonly BytePath InBox = BytePath.From("/opt/coop/agents");
}
