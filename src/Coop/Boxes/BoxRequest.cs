using Coop.Agents;
using Coop.Native;
using Coop.Storage;

namespace Coop.Boxes;

/// <summary>What is wanted, before anything was looked at.</summary>
/// <param name="Command">The program in the box and its words; never empty.</param>
/// <param name="Agent">The agent whose keys the box may get; null for commands and shells.</param>
internal sealed record BoxRequest(BoxRole Role, IReadOnlyList<CString> Command, Agent? Agent)
{
    /// <summary>The tree was written by an agent (a fork, the export of a commit): git on the host is never started in it, not even afterwards.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The directory of agents that the box may write; null for every box but the one that fills it.</summary>
    public BytePath? AgentsToFill { get; init; }
}
