namespace Coop.Agents;

/// <summary>What changes an agent's command line.</summary>
internal sealed record AgentOptions
{
    public static AgentOptions None { get; } = new();

    /// <summary>The user's words instead of the agent's own (<c>COOP_&lt;AGENT&gt;_CMD</c>); null for those.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Null leaves it to the agent.</summary>
    public string? Model { get; init; }

    /// <summary>One of <see cref="IAgent.Efforts"/>; null leaves it to the agent.</summary>
    public string? Effort { get; init; }

    /// <summary>Null begins a new conversation.</summary>
    public AgentResume? Resume { get; init; }

    /// <summary>The path in the box of a file with MCP servers, for agents that take it as an option; null without servers.</summary>
    public string? McpPath { get; init; }
}
