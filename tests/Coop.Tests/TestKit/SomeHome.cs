using System.Text;
using Coop.AgentHomes;

namespace Coop.TestKit;

/// <summary>What was read for the home of a box of <c>/r</c>: nothing, and what a test says.</summary>
internal static class SomeHome
{
    public static HomeFacts With(
        (string Name, string Text)[]? user = null,
        (string Name, string Text)[]? box = null,
        (string Name, string Value)[]? variables = null,
        McpServer[]? servers = null,
        string? credential = null
    ) =>
        new()
        {
            HomeInBox = "/home/node",
            Repository = "/r",
            UserDirectory = "/c/agent",
            UserFiles = Files(user),
            BoxFiles = Files(box),
            Variables = (variables ?? []).ToDictionary(
                variable => variable.Name,
                variable => variable.Value,
                StringComparer.Ordinal
            ),
            McpServers = servers ?? [],
            CredentialName = credential,
        };

    /// <summary>A program and an address with a bearer token.</summary>
    public static McpServer[] TwoServers =>
        [
            new("mini")
            {
                Command = "node",
                Arguments = ["m.mjs"],
                Variables = [new("A", "b")],
            },
            new("web")
            {
                Address = "http://127.0.0.1:1/mcp",
                Headers = [new("X", "y")],
                BearerVariable = "TOKEN",
            },
        ];

    private static Dictionary<string, byte[]> Files((string Name, string Text)[]? files) =>
        (files ?? []).ToDictionary(file => file.Name, file => Encoding.UTF8.GetBytes(file.Text), StringComparer.Ordinal);
}
