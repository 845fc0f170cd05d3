using Coop.Agents;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Native;

namespace Coop.Runs;

/// <summary>What is wanted of an agent, as a box that can be planned.</summary>
internal static class AgentRequests
{
    /// <summary>The target a word names: an agent of the catalog, or one with a command of the user's (<c>COOP_&lt;NAME&gt;_CMD</c>).</summary>
    /// <exception cref="Errors.UserError">It is none; exit 2.</exception>
    public static AgentTarget Target(string word, Settings settings) => AgentTarget.Parse(word, name => Find(name, settings));

    /// <param name="resume">Null begins a new conversation.</param>
    /// <param name="rest">The user's own words, behind all others.</param>
    public static BoxRequest Make(
        AgentTarget target,
        AgentErrand errand,
        AgentResume? resume,
        Settings settings,
        IReadOnlyList<CString> rest
    )
    {
        var agent = target.Agent;
        var own = settings.AgentCommand(AgentSettings.CommandKey(agent.Name));
        AgentOptions options = new()
        {
            Command = own,
            Model = ModelOf(target, settings),
            Effort = target.Effort,
            Resume = resume,
            McpPath = File.Exists(settings.McpFile) ? agent.Home?.McpPathIn(settings.HomeInBox) : null,
        };
        var role = errand is AgentErrand.Login ? BoxRole.Login : BoxRole.Agent;
        return new BoxRequest(role, [.. CString.List([.. agent.Words(errand, options)]), .. rest], agent)
        {
            Account = target.Account,
            HasOwnCommand = own is not null,
        };
    }

    /// <summary>The model that is asked for: the target's own, else the user's for that agent; null leaves it to the agent.</summary>
    public static string? ModelOf(AgentTarget target, Settings settings) =>
        target.Model ?? settings.AgentModel(AgentSettings.ModelKey(target.Agent.Name));

    private static IAgent? Find(string name, Settings settings) =>
        AgentCatalog.Find(name)
        ?? (
            settings.AgentCommand(AgentSettings.CommandKey(name)) is { Count: > 0 } command
                ? new CommandAgent(name, command)
                : null
        );
}
