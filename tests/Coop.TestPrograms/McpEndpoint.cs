using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Coop.TestPrograms;

/// <summary>A tool server over HTTP with one tool, <c>ping</c>, for who brings the right bearer token.</summary>
internal static class McpEndpoint
{
    public const string Path = "/mcp";
    public const string Token = "mcp-token";
    public const string Answer = "pong over http";

    public static async Task AnswerAsync(HttpContext context, ModelRequest request)
    {
        if (request.Headers.GetValueOrDefault("authorization") != $"Bearer {Token}")
        {
            context.Response.StatusCode = 401;
            return;
        }

        if (request.Json is not JsonObject message || message["id"] is not { } id)
        {
            // A notification, or a request for a stream of the server's own, which it does not have.
            context.Response.StatusCode = request.Method == "POST" ? 202 : 405;
            return;
        }

        JsonObject answer = new()
        {
            ["jsonrpc"] = "2.0",
            ["id"] = id.DeepClone(),
            ["result"] = Result((string?)message["method"], message["params"]),
        };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private static JsonObject Result(string? method, JsonNode? parameters) =>
        method switch
        {
            "initialize" => new JsonObject
            {
                ["protocolVersion"] = (string?)parameters?["protocolVersion"] ?? "2025-06-18",
                ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
                ["serverInfo"] = new JsonObject { ["name"] = "web", ["version"] = "1" },
            },
            "tools/list" => new JsonObject
            {
                ["tools"] = new JsonArray(
                    new JsonObject
                    {
                        ["name"] = "ping",
                        ["description"] = "answers",
                        ["inputSchema"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() },
                    }
                ),
            },
            "tools/call" => new JsonObject
            {
                ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = Answer }),
            },
            _ => [],
        };
}
