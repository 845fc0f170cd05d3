namespace Coop.AgentEvents;

/// <summary>For commands of the user's that Coop cannot read: whatever they print is no event.</summary>
internal sealed class NoEvents : IAgentEventReader
{
    public IReadOnlyList<AgentEvent> Read(ReadOnlyMemory<byte> line) => [];
}
