using Coop.Agents;

namespace Coop.Logins;

/// <summary>An account of an agent, and the directory where the user's settings and its login lie.</summary>
/// <param name="Account">Null is the default one.</param>
/// <param name="Directory">Absolute; need not exist.</param>
internal sealed record LoginPlace(IAgent Agent, string? Account, string Directory)
{
    /// <summary><c>claude</c>, <c>claude@work</c>.</summary>
    public string Name => AgentTarget.NameOf(Agent, Account);

    /// <param name="configDirectory">The directory of all accounts (<c>COOP_CONFIG_DIR</c>).</param>
    public static LoginPlace Of(IAgent agent, string? account, string configDirectory) =>
        new(agent, account, Path.Combine(configDirectory, AgentTarget.NameOf(agent, account)));
}
