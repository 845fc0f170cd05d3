using System.Text;
using Coop.AgentEvents;
using Coop.Agents;

namespace Coop.AgentTests.TestKit;

/// <summary>Reads the agents' streams with the product's own readers.</summary>
internal static class Streams
{
    public static IReadOnlyList<AgentEvent> Read(string agent, string stream)
    {
        var reader = AgentCatalog.Find(agent)!.ReadEvents(TimeProvider.System, TimeZoneInfo.Utc);
        return [.. stream.Split('\n').SelectMany(line => reader.Read(Encoding.UTF8.GetBytes(line)))];
    }

    /// <summary>The id a stream gives its conversation.</summary>
    public static string SessionOf(string agent, string stream) => Read(agent, stream).OfType<AgentEvent.Session>().First().Id;
}
