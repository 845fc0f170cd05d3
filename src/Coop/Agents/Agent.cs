namespace Coop.Agents;

/// <summary>A coding agent Coop knows by name.</summary>
/// <param name="Name">As typed: <c>coop claude</c>.</param>
/// <param name="Command">The program and its words with the brakes off, when <c>COOP_&lt;AGENT&gt;_CMD</c> names no other.</param>
/// <param name="Packages">The npm packages that bring it: first the agent, then its ACP adapter where it needs one.</param>
/// <param name="KeyVariables">Variables that hold this agent's keys: they reach no other agent's box.</param>
internal sealed record Agent(
    string Name,
    IReadOnlyList<string> Command,
    IReadOnlyList<string> Packages,
    IReadOnlyList<string> KeyVariables
)
{
    /// <summary>The setting that replaces <see cref="Command"/>.</summary>
    public string CommandSetting => CommandSettingFor(Name);

    public static string CommandSettingFor(string name) => $"COOP_{name.ToUpperInvariant().Replace('-', '_')}_CMD";
}
