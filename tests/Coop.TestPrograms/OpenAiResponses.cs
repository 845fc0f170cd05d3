using System.Text.Json.Nodes;

namespace Coop.TestPrograms;

/// <summary>OpenAI's Responses. Newer models get their tools in the input and write JavaScript for one tool, <c>exec</c>, that calls the others.</summary>
internal sealed class OpenAiResponses : IModelDialect
{
    public bool Owns(string path) => path.EndsWith("/responses", StringComparison.Ordinal);

    public bool IsWork(JsonObject body) => true;

    public ModelAnswer Answer(string path, JsonObject body, ModelTurn turn)
    {
        List<JsonObject> items = [];
        if (turn.Text is { } text)
        {
            items.Add(
                new JsonObject
                {
                    ["type"] = "message",
                    ["id"] = $"msg_{Guid.NewGuid():N}",
                    ["role"] = "assistant",
                    ["content"] = new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = text }),
                }
            );
        }

        items.AddRange(WritesScripts(body) ? Script(turn) : Calls(turn));
        var id = $"resp_{Guid.NewGuid():N}";
        List<KeyValuePair<string?, JsonNode>> events =
        [
            Event("response.created", new() { ["response"] = new JsonObject { ["id"] = id } }),
        ];
        for (var i = 0; i < items.Count; i++)
        {
            events.Add(Event("response.output_item.done", new() { ["output_index"] = i, ["item"] = items[i].DeepClone() }));
        }

        events.Add(Event("response.completed", new() { ["response"] = Completed(id, turn) }));
        return new ModelAnswer(null, events);
    }

    private static JsonObject Completed(string id, ModelTurn turn) =>
        new()
        {
            ["id"] = id,
            ["usage"] = new JsonObject
            {
                ["input_tokens"] = turn.InputTokens,
                ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
                ["output_tokens"] = turn.OutputTokens,
                ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
                ["total_tokens"] = turn.InputTokens + turn.OutputTokens,
            },
        };

    private static bool WritesScripts(JsonObject body) =>
        body["input"] is JsonArray input
        && input.Any(item =>
            (string?)item?["type"] == "additional_tools"
            && item["tools"]!.ToJsonString().Contains("\"name\":\"exec\"", StringComparison.Ordinal)
        );

    private static IEnumerable<JsonObject> Script(ModelTurn turn)
    {
        List<string> lines = [];
        if (turn.Write is { } file)
        {
            lines.Add($"text(await tools.apply_patch({JsonValue.Create(Patch(file))!.ToJsonString()}))");
        }

        if (turn.Shell is { } command)
        {
            lines.Add($"text(await tools.exec_command({new JsonObject { ["cmd"] = command }.ToJsonString()}))");
        }

        if (turn.Tool is { } tool)
        {
            var name = tool.Group is null ? tool.Name : $"{tool.Group}__{tool.Name}";
            lines.Add($"text(await tools.{name}({tool.Input.ToJsonString()}))");
        }

        if (lines.Count > 0)
        {
            yield return Custom("exec", string.Join('\n', lines));
        }
    }

    private static IEnumerable<JsonObject> Calls(ModelTurn turn)
    {
        if (turn.Write is { } file)
        {
            yield return Custom("apply_patch", Patch(file));
        }

        if (turn.Shell is { } command)
        {
            yield return Function("exec_command", null, new JsonObject { ["cmd"] = command });
        }

        if (turn.Tool is { } tool)
        {
            yield return Function(tool.Name, tool.Group, tool.Input);
        }
    }

    private static string Patch(ModelTurn.FileToWrite file) =>
        $"*** Begin Patch\n*** Add File: {file.Path}\n"
        + string.Concat(file.Content.TrimEnd('\n').Split('\n').Select(line => $"+{line}\n"))
        + "*** End Patch\n";

    private static JsonObject Custom(string name, string input) =>
        new()
        {
            ["type"] = "custom_tool_call",
            ["id"] = $"ctc_{Guid.NewGuid():N}",
            ["call_id"] = $"call_{Guid.NewGuid():N}",
            ["name"] = name,
            ["input"] = input,
        };

    private static JsonObject Function(string name, string? group, JsonObject input)
    {
        JsonObject call = new()
        {
            ["type"] = "function_call",
            ["id"] = $"fc_{Guid.NewGuid():N}",
            ["call_id"] = $"call_{Guid.NewGuid():N}",
            ["name"] = name,
            ["arguments"] = input.ToJsonString(),
        };
        if (group is not null)
        {
            call["namespace"] = group;
        }

        return call;
    }

    private static KeyValuePair<string?, JsonNode> Event(string type, JsonObject value)
    {
        value["type"] = type;
        return new(type, value);
    }
}
