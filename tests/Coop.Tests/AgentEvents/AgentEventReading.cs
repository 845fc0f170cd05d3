using System.Text;

namespace Coop.AgentEvents;

/// <summary>Feeds whole streams to readers.</summary>
internal static class AgentEventReading
{
    /// <summary>What all lines say together.</summary>
    public static IReadOnlyList<AgentEvent> ReadAll(this IAgentEventReader reader, string stream) =>
        [.. stream.Split('\n').SelectMany(line => reader.Read(Encoding.UTF8.GetBytes(line)))];
}
