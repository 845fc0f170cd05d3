namespace Coop.AgentHomes;

/// <summary>A tool server of the user's <c>mcp.json</c>. No record: its values may be secrets.</summary>
internal sealed class McpServer(string name)
{
    public string Name => name;

    /// <summary>The program, for a server that speaks on its standard streams; null for one behind an address.</summary>
    public string? Command { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];

    /// <summary>Null for a program.</summary>
    public string? Address { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The variable of the box that holds the bearer token; null when there is none.</summary>
    public string? BearerVariable { get; init; }

    /// <summary>The headers with the bearer's among them, its value written so that the agent itself looks it up.</summary>
    /// <param name="reference">How the agent's settings name a variable.</param>
    public IEnumerable<KeyValuePair<string, string>> HeadersWith(Func<string, string> reference) =>
        BearerVariable is { } variable ? Headers.Append(new("Authorization", $"Bearer {reference(variable)}")) : Headers;
}
