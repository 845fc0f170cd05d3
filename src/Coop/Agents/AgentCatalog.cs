namespace Coop.Agents;

/// <summary>Every agent Coop knows; one line each.</summary>
internal static class AgentCatalog
{
    public static IReadOnlyList<Agent> All { get; } =
    [
        new(
            "claude",
            ["claude", "--dangerously-skip-permissions"],
            ["@anthropic-ai/claude-code", "@agentclientprotocol/claude-agent-acp"],
            ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN"]
        ),
        new(
            "codex",
            ["codex", "--dangerously-bypass-approvals-and-sandbox", "--no-daemon"],
            ["@openai/codex", "@agentclientprotocol/codex-acp"],
            ["OPENAI_API_KEY"]
        ),
        new("gemini", ["gemini", "--yolo"], ["@google/gemini-cli"], ["GEMINI_API_KEY", "GOOGLE_API_KEY"]),
    ];

    /// <summary>The agent of that name; null when there is none.</summary>
    public static Agent? Find(string name) => All.FirstOrDefault(agent => agent.Name == name);

    /// <summary>True when the variable holds a key of some agent.</summary>
    public static bool IsAgentKey(string variable) => All.Any(agent => agent.KeyVariables.Contains(variable));
}
