using System.Text.Json.Nodes;

namespace Coop.AgentHomes;

/// <summary>An MCP server in the JSON that agents read.</summary>
internal static class McpJson
{
    /// <param name="addressKey">The agent's key for an address.</param>
    /// <param name="typeKey">The agent's key that says «http»; null when it has none.</param>
    /// <param name="reference">How the agent's settings name a variable.</param>
    public static JsonObject Render(McpServer server, string addressKey, string? typeKey, Func<string, string> reference)
    {
        JsonObject entry = [];
        if (server.Command is { } command)
        {
            entry["command"] = command;
            entry["args"] = new JsonArray([.. server.Arguments.Select(word => (JsonNode)JsonValue.Create(word))]);
            if (server.Variables.Count > 0)
            {
                entry["env"] = Object(server.Variables);
            }

            return entry;
        }

        if (typeKey is not null)
        {
            entry[typeKey] = "http";
        }

        entry[addressKey] = server.Address;
        var headers = server.HeadersWith(reference).ToList();
        if (headers.Count > 0)
        {
            entry["headers"] = Object(headers);
        }

        return entry;
    }

    private static JsonObject Object(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        JsonObject made = [];
        foreach (var (name, value) in pairs)
        {
            made[name] = value;
        }

        return made;
    }
}
