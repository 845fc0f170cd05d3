namespace Coop.Agents;

/// <summary>Every agent Coop knows; one line each.</summary>
internal static class AgentCatalog
{
    public static IReadOnlyList<IAgent> All { get; } = [new ClaudeAgent(), new CodexAgent(), new GeminiAgent(), new QwenAgent()];

    /// <summary>The agent of that name; null when there is none.</summary>
    public static IAgent? Find(string name) => All.FirstOrDefault(agent => agent.Name == name);

    /// <summary>True when the variable holds a key of some agent.</summary>
    public static bool IsAgentKey(string variable) => All.Any(agent => agent.KeyVariables.Contains(variable));
}
