namespace Coop.AgentEvents;

/// <summary>Reads one run's structured stream. It remembers what came before, so each run has its own.</summary>
internal interface IAgentEventReader
{
    /// <summary>What a line says; nothing for events that Coop does not know and for lines that are no JSON.</summary>
    /// <param name="line">UTF-8, without its newline.</param>
    IReadOnlyList<AgentEvent> Read(ReadOnlyMemory<byte> line);
}
