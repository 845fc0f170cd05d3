namespace Coop.Agents;

/// <summary>The names of the settings that every agent has.</summary>
internal static class AgentSettings
{
    /// <summary>The setting that replaces <see cref="IAgent.Command"/>.</summary>
    public static string CommandKey(string agent) => $"COOP_{Upper(agent)}_CMD";

    /// <summary>The setting that names the model when the target does not.</summary>
    public static string ModelKey(string agent) => $"COOP_{Upper(agent)}_MODEL";

    private static string Upper(string agent) => agent.ToUpperInvariant().Replace('-', '_');
}
