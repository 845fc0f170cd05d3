using Coop.AgentEvents;
using Coop.AgentHomes;

namespace Coop.Agents;

/// <summary>An agent that the user alone knows: a name with a command, in <c>COOP_&lt;NAME&gt;_CMD</c>.</summary>
internal sealed class CommandAgent(string name, IReadOnlyList<string> command) : IAgent
{
    public string Name => name;

    public string Title => name;

    public IReadOnlyList<string> Command => command;

    public IReadOnlyList<string> Packages => [];

    public IReadOnlyList<string> KeyVariables => [];

    public IReadOnlyList<string> AccessVariables => [];

    public IReadOnlyList<KeyValuePair<string, string>> QuietVariables => [];

    public IReadOnlyList<string> Efforts => [];

    public HomeShape? Home => null;

    public IReadOnlyList<string> Words(AgentErrand errand, AgentOptions options) =>
        errand switch
        {
            AgentErrand.Headless headless => [.. command, headless.Prompt],
            AgentErrand.Peer peer => [.. command, peer.Prompt],
            _ => command,
        };

    public IReadOnlyList<HomeFile> PlanHome(HomeFacts facts) => [];

    public CredentialTerm ReadCredential(ReadOnlyMemory<byte> content) => CredentialTerm.Lasting;

    public IAgentEventReader ReadEvents(TimeProvider time, TimeZoneInfo zone) => new NoEvents();
}
