using Coop.Agents;

namespace Coop.Logins;

/// <summary>Which of the user's variables reach a box: a key only the box of its own agent, what belongs to no agent every box the user works in.</summary>
internal static class CredentialScope
{
    // Variables that would change how Coop's own parts or the dynamic linker behave, whoever sets them.
    private static readonly string[] SteeringPrefixes = ["COOP_", "DOTNET_", "LD_"];

    /// <param name="agent">The box's; null for a command or a shell.</param>
    public static bool Reaches(string variable, IAgent? agent) =>
        AgentCatalog.IsAgentKey(variable) ? agent?.KeyVariables.Contains(variable) == true : !Steers(variable);

    public static bool Steers(string variable) =>
        Array.Exists(SteeringPrefixes, prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
