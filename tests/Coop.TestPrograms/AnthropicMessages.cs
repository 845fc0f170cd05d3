using System.Text.Json.Nodes;

namespace Coop.TestPrograms;

/// <summary>Anthropic's Messages.</summary>
internal sealed class AnthropicMessages : IModelDialect
{
    public bool Owns(string path) => path.StartsWith("/v1/messages", StringComparison.Ordinal);

    public bool IsWork(JsonObject body) => body["tools"] is JsonArray { Count: > 0 };

    public ModelAnswer Answer(string path, JsonObject body, ModelTurn turn)
    {
        if (path.Contains("count_tokens", StringComparison.Ordinal))
        {
            return ModelAnswer.Of(new JsonObject { ["input_tokens"] = turn.InputTokens });
        }

        var offered = (body["tools"] as JsonArray)?.Select(tool => (string?)tool?["name"]).OfType<string>().ToHashSet() ?? [];
        List<JsonObject> content = [];
        if (turn.Text is { } text)
        {
            content.Add(new JsonObject { ["type"] = "text", ["text"] = text });
        }

        content.AddRange(
            ToolChoice
                .Calls(turn, offered)
                .Select(call => new JsonObject
                {
                    ["type"] = "tool_use",
                    ["id"] = $"toolu_{Guid.NewGuid():N}",
                    ["name"] = call.Name,
                    ["input"] = call.Input,
                })
        );
        var reason = content.Exists(block => (string?)block["type"] == "tool_use") ? "tool_use" : "end_turn";
        JsonObject message = new()
        {
            ["id"] = $"msg_{Guid.NewGuid():N}",
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = (string?)body["model"] ?? "scripted",
            ["content"] = new JsonArray(),
            ["stop_reason"] = null,
            ["stop_sequence"] = null,
            ["usage"] = Usage(turn.InputTokens, 1),
        };
        if ((bool?)body["stream"] != true)
        {
            message["content"] = new JsonArray([.. content]);
            message["stop_reason"] = reason;
            message["usage"] = Usage(turn.InputTokens, turn.OutputTokens);
            return ModelAnswer.Of(message);
        }

        return Stream(message, content, reason, turn.OutputTokens);
    }

    private static ModelAnswer Stream(JsonObject message, List<JsonObject> content, string reason, long output)
    {
        List<KeyValuePair<string?, JsonNode>> events = [Event("message_start", new() { ["message"] = message })];
        for (var i = 0; i < content.Count; i++)
        {
            events.AddRange(Block(i, content[i]));
        }

        events.Add(
            Event(
                "message_delta",
                new()
                {
                    ["delta"] = new JsonObject { ["stop_reason"] = reason, ["stop_sequence"] = null },
                    ["usage"] = new JsonObject { ["output_tokens"] = output },
                }
            )
        );
        events.Add(Event("message_stop", []));
        return new ModelAnswer(null, events);
    }

    private static IEnumerable<KeyValuePair<string?, JsonNode>> Block(int index, JsonObject block)
    {
        var isText = (string?)block["type"] == "text";
        var start = block.DeepClone().AsObject();
        start[isText ? "text" : "input"] = isText ? "" : new JsonObject();
        JsonObject delta = isText
            ? new() { ["type"] = "text_delta", ["text"] = (string?)block["text"] }
            : new() { ["type"] = "input_json_delta", ["partial_json"] = block["input"]!.ToJsonString() };
        yield return Event("content_block_start", new() { ["index"] = index, ["content_block"] = start });
        yield return Event("content_block_delta", new() { ["index"] = index, ["delta"] = delta });
        yield return Event("content_block_stop", new() { ["index"] = index });
    }

    private static JsonObject Usage(long input, long output) =>
        new()
        {
            ["input_tokens"] = input,
            ["cache_creation_input_tokens"] = 0,
            ["cache_read_input_tokens"] = 0,
            ["output_tokens"] = output,
        };

    private static KeyValuePair<string?, JsonNode> Event(string type, JsonObject value)
    {
        value["type"] = type;
        return new(type, value);
    }
}
