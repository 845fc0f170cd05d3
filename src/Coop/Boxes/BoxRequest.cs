using Coop.Agents;
using Coop.Logins;
using Coop.Native;
using Coop.Storage;

namespace Coop.Boxes;

/// <summary>What is wanted, before anything was looked at.</summary>
/// <param name="Command">The program in the box and its words; never empty.</param>
/// <param name="Agent">The agent whose keys the box may get; null for commands and shells.</param>
internal sealed record BoxRequest(BoxRole Role, IReadOnlyList<CString> Command, IAgent? Agent)
{
    /// <summary>The tree was written by an agent (a fork, the export of a commit): git on the host is never started in it, not even afterwards.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The agent's account; null is its default one.</summary>
    public string? Account { get; init; }

    /// <summary>Its clock shows UTC, whatever that of the host or the image shows and the user set: a time that the agent tells without a zone is known then.</summary>
    public bool ShowsUtc { get; init; }

    /// <summary>Only what the agent has besides its own words: its command is the user's, and may have a way in of its own.</summary>
    public bool HasOwnCommand { get; init; }

    /// <summary>What is laid into the home; null when the box has none of an agent's.</summary>
    public AgentHomePlan? Home { get; init; }

    /// <summary>The directory of agents that the box may write; null for every box but the one that fills it.</summary>
    public BytePath? AgentsToFill { get; init; }

    /// <summary>The name of the box's home.</summary>
    public string AccountName => Agent is null ? CommandAccount : AgentTarget.NameOf(Agent, Account);

    /// <summary>The home of boxes that run no agent.</summary>
    public const string CommandAccount = "run";
}
