using System.Text.Json;
using Coop.Errors;
using Coop.Formats;

namespace Coop.AgentHomes;

/// <summary>Reads the user's <c>mcp.json</c>: <c>{"mcpServers": {"name": {…}}}</c>, a program (<c>command</c>, <c>args</c>, <c>env</c>) or an address (<c>url</c>, <c>headers</c>, <c>bearer_token_env_var</c>).</summary>
internal static class McpFile
{
    private static readonly string[] ProgramKeys = ["type", "command", "args", "env"];
    private static readonly string[] AddressKeys = ["type", "url", "headers", "bearer_token_env_var"];

    /// <exception cref="UserError">It is no such file; the place, the server and the key are named, no value is.</exception>
    public static IReadOnlyList<McpServer> Parse(string path, ReadOnlyMemory<byte> content)
    {
        var root = PlacedJson.Parse(path, content);
        Require(root, JsonValueKind.Object, "the file must be an object", path);
        List<McpServer> servers = [];
        foreach (var (key, value) in root.Members)
        {
            if (key != "mcpServers")
            {
                throw Problem(path, value, $"unknown key '{key}'", "The one key at the top is mcpServers.");
            }

            Require(value, JsonValueKind.Object, "'mcpServers' must be an object", path);
            servers.AddRange(value.Members.Select(member => Server(path, member.Name, member.Value)));
        }

        return servers;
    }

    private static McpServer Server(string path, string name, PlacedJson value)
    {
        if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
        {
            throw Problem(path, value, $"server '{name}' has no usable name", "Name it with letters, digits, - and _.");
        }

        Require(value, JsonValueKind.Object, $"server '{name}' must be an object", path);
        var isAddress = value.Find("url") is not null;
        if (isAddress == (value.Find("command") is not null))
        {
            throw Problem(
                path,
                value,
                isAddress ? $"server '{name}' has both command and url" : $"server '{name}' has neither command nor url",
                "Give it a command for a program, or a url for a server."
            );
        }

        foreach (var (key, member) in value.Members)
        {
            var known = isAddress ? AddressKeys : ProgramKeys;
            if (!known.Contains(key))
            {
                throw Problem(
                    path,
                    member,
                    $"server '{name}' has an unknown key '{key}'",
                    NearestWord.Find(key, known) is { } near
                        ? $"Did you mean '{near}'?"
                        : $"Known keys: {string.Join(", ", known)}."
                );
            }
        }

        var type = Text(path, name, value, "type");
        if (type is not null && type != (isAddress ? "http" : "stdio"))
        {
            throw Problem(
                path,
                value.Find("type")!,
                $"server '{name}', key 'type': unknown type '{type}'",
                isAddress ? "A url goes with \"type\": \"http\"." : "A command goes with \"type\": \"stdio\"."
            );
        }

        return new McpServer(name)
        {
            Command = Text(path, name, value, "command"),
            Arguments = Texts(path, name, value, "args"),
            Variables = Pairs(path, name, value, "env"),
            Address = Text(path, name, value, "url"),
            Headers = Pairs(path, name, value, "headers"),
            BearerVariable = Text(path, name, value, "bearer_token_env_var"),
        };
    }

    private static string? Text(string path, string server, PlacedJson value, string key)
    {
        if (value.Find(key) is not { } found)
        {
            return null;
        }

        Require(found, JsonValueKind.String, $"server '{server}', key '{key}' must be a text", path);
        return found.Text is { Length: > 0 } text
            ? text
            : throw Problem(path, found, $"server '{server}', key '{key}' is empty", "Fill it in, or leave the key out.");
    }

    private static IReadOnlyList<string> Texts(string path, string server, PlacedJson value, string key)
    {
        if (value.Find(key) is not { } found)
        {
            return [];
        }

        Require(found, JsonValueKind.Array, $"server '{server}', key '{key}' must be a list of texts", path);
        foreach (var item in found.Items)
        {
            Require(item, JsonValueKind.String, $"server '{server}', key '{key}' must hold texts only", path);
        }

        return [.. found.Items.Select(item => item.Text!)];
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Pairs(string path, string server, PlacedJson value, string key)
    {
        if (value.Find(key) is not { } found)
        {
            return [];
        }

        Require(found, JsonValueKind.Object, $"server '{server}', key '{key}' must be an object of texts", path);
        foreach (var (name, item) in found.Members)
        {
            Require(item, JsonValueKind.String, $"server '{server}', key '{key}', '{name}' must be a text", path);
        }

        return [.. found.Members.Select(member => KeyValuePair.Create(member.Name, member.Value.Text!))];
    }

    private static void Require(PlacedJson value, JsonValueKind kind, string problem, string path)
    {
        if (value.Kind != kind)
        {
            throw Problem(
                path,
                value,
                $"{problem}, not {value.Describe()}",
                "A server is {\"command\": \"…\", \"args\": [], \"env\": {}} or {\"url\": \"…\", \"headers\": {}}."
            );
        }
    }

    private static UserError Problem(string path, PlacedJson value, string problem, string hint) =>
        UserError.Usage($"{new TextPlace(path, value.Line)}: {problem}.", hint);
}
