using System.Text.Json.Nodes;

namespace Coop.TestPrograms;

/// <summary>OpenAI's Chat Completions.</summary>
internal sealed class OpenAiChat : IModelDialect
{
    public bool Owns(string path) => path.EndsWith("/chat/completions", StringComparison.Ordinal);

    public bool IsWork(JsonObject body) => body["tools"] is JsonArray { Count: > 0 };

    public ModelAnswer Answer(string path, JsonObject body, ModelTurn turn)
    {
        var offered =
            (body["tools"] as JsonArray)?.Select(tool => (string?)tool?["function"]?["name"]).OfType<string>().ToHashSet() ?? [];
        JsonArray calls =
        [
            .. ToolChoice
                .Calls(turn, offered)
                .Select(
                    (call, i) =>
                        new JsonObject
                        {
                            ["index"] = i,
                            ["id"] = $"call_{Guid.NewGuid():N}",
                            ["type"] = "function",
                            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Input.ToJsonString() },
                        }
                ),
        ];
        var reason = calls.Count > 0 ? "tool_calls" : "stop";
        JsonObject message = new() { ["role"] = "assistant", ["content"] = turn.Text };
        if (calls.Count > 0)
        {
            message["tool_calls"] = calls;
        }

        var isStream = (bool?)body["stream"] == true;
        JsonObject document = new()
        {
            ["id"] = $"chatcmpl-{Guid.NewGuid():N}",
            ["object"] = isStream ? "chat.completion.chunk" : "chat.completion",
            ["created"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            ["model"] = (string?)body["model"],
            ["choices"] = new JsonArray(
                new JsonObject
                {
                    ["index"] = 0,
                    [isStream ? "delta" : "message"] = message,
                    ["finish_reason"] = isStream ? null : reason,
                }
            ),
            ["usage"] = isStream ? null : Usage(turn),
        };
        if (!isStream)
        {
            return ModelAnswer.Of(document);
        }

        return Stream(document, reason, turn);
    }

    private static ModelAnswer Stream(JsonObject document, string reason, ModelTurn turn)
    {
        var end = document.DeepClone().AsObject();
        end["choices"] = new JsonArray(
            new JsonObject
            {
                ["index"] = 0,
                ["delta"] = new JsonObject(),
                ["finish_reason"] = reason,
            }
        );
        var usage = document.DeepClone().AsObject();
        usage["choices"] = new JsonArray();
        usage["usage"] = Usage(turn);
        return new ModelAnswer(null, [new(null, document), new(null, end), new(null, usage)]) { Closing = "[DONE]" };
    }

    private static JsonObject Usage(ModelTurn turn) =>
        new()
        {
            ["prompt_tokens"] = turn.InputTokens,
            ["completion_tokens"] = turn.OutputTokens,
            ["total_tokens"] = turn.InputTokens + turn.OutputTokens,
        };
}
