using Coop.AgentEvents;
using Coop.AgentHomes;

namespace Coop.Agents;

/// <summary>All that Coop knows of a coding agent: one file implements it, one line of <see cref="AgentCatalog"/> names it. Pure.</summary>
internal interface IAgent
{
    /// <summary>As typed: <c>coop claude</c>.</summary>
    string Name { get; }

    /// <summary>As its makers write it.</summary>
    string Title { get; }

    /// <summary>The program and its words with the brakes off, when <c>COOP_&lt;AGENT&gt;_CMD</c> names no other.</summary>
    IReadOnlyList<string> Command { get; }

    /// <summary>The npm packages that bring it: first the agent, then its ACP adapter where it needs one.</summary>
    IReadOnlyList<string> Packages { get; }

    /// <summary>Variables that hold this agent's keys: they reach no other agent's box.</summary>
    IReadOnlyList<string> KeyVariables { get; }

    /// <summary>Variables that mean the agent has another way in than a key or a login (a cloud's own identity).</summary>
    IReadOnlyList<string> AccessVariables { get; }

    /// <summary>Variables that silence what the agent asks of the network at its start; the user's own win.</summary>
    IReadOnlyList<KeyValuePair<string, string>> QuietVariables { get; }

    /// <summary>It starts git without the user's and the system's configuration: who commits must come by variables.</summary>
    bool HidesGitSettings => false;

    /// <summary>Its stream tells what a run has cost.</summary>
    bool TellsCost => false;

    /// <summary>The levels it takes as <c>/effort</c>; empty when it has no such setting.</summary>
    IReadOnlyList<string> Efforts { get; }

    /// <summary>Null for a command of the user's that Coop knows nothing of.</summary>
    HomeShape? Home { get; }

    /// <summary>The whole command line.</summary>
    IReadOnlyList<string> Words(AgentErrand errand, AgentOptions options);

    /// <summary>The settings of the box's copy that answer the first run's questions, silence the start and bring the MCP servers.</summary>
    IReadOnlyList<HomeFile> PlanHome(HomeFacts facts);

    /// <summary>What a credential file says of itself.</summary>
    /// <param name="content">The file of one of <see cref="HomeShape.CredentialNames"/>.</param>
    CredentialTerm ReadCredential(ReadOnlyMemory<byte> content);

    /// <param name="zone">The box's.</param>
    IAgentEventReader ReadEvents(TimeProvider time, TimeZoneInfo zone);
}
