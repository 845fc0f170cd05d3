namespace Coop.AgentHomes;

/// <summary>Where an agent keeps its things below <c>$HOME</c>. A user's account directory of Coop holds the same names.</summary>
/// <param name="Directory">Below <c>$HOME</c>, such as <c>.claude</c>.</param>
/// <param name="CredentialNames">Files that hold a login, below the directory; the first that is there counts.</param>
/// <param name="InstructionName">The global instruction file, below the directory.</param>
/// <param name="MergedNames">Settings that Coop completes, below the directory.</param>
internal sealed record HomeShape(
    string Directory,
    IReadOnlyList<string> CredentialNames,
    string InstructionName,
    IReadOnlyList<string> MergedNames
)
{
    /// <summary>Variables that lead the agent there; the value is a path below <c>$HOME</c>, empty for <c>$HOME</c> itself.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];

    /// <summary>What an agent makes for itself, below the directory: never laid over a box's home, since it belongs to one repository.</summary>
    public IReadOnlyList<string> OwnNames { get; init; } = [];

    /// <summary>The file with MCP servers, below the directory, for agents that take one as an option; null for those that read them from their settings.</summary>
    public string? McpName { get; init; }

    /// <summary>A word of the first of <see cref="MergedNames"/> that means another provider than the agent's own, with a way in of its own; null when there is none.</summary>
    public string? ProviderKey { get; init; }

    /// <summary>Where conversations are kept, below the directory.</summary>
    public required string ConversationDirectory { get; init; }

    /// <summary>What the name of a conversation's file begins with; empty when the ending is enough.</summary>
    public string ConversationPrefix { get; init; } = "";

    /// <summary>The path in the box of <see cref="McpName"/>; null for agents without one.</summary>
    public string? McpPathIn(string home) => McpName is null ? null : $"{home}/{Directory}/{McpName}";
}
