using System.Text.Json.Nodes;

namespace Coop.TestPrograms;

/// <summary>Gemini's generateContent. The agent first asks a classifier which model to take: an answer that fits the schema in the request ends that.</summary>
internal sealed class GeminiContent : IModelDialect
{
    public bool Owns(string path) =>
        path.Contains(":generateContent", StringComparison.Ordinal)
        || path.Contains(":streamGenerateContent", StringComparison.Ordinal)
        || path.Contains(":countTokens", StringComparison.Ordinal);

    public bool IsWork(JsonObject body) => body["tools"] is JsonArray { Count: > 0 };

    public ModelAnswer Answer(string path, JsonObject body, ModelTurn turn)
    {
        if (path.Contains(":countTokens", StringComparison.Ordinal))
        {
            return ModelAnswer.Of(new JsonObject { ["totalTokens"] = turn.InputTokens });
        }

        var offered =
            (body["tools"] as JsonArray)
                ?.SelectMany(tool => tool?["functionDeclarations"] as JsonArray ?? [])
                .Select(tool => (string?)tool?["name"])
                .OfType<string>()
                .ToHashSet()
            ?? [];
        JsonArray parts = [];
        if (turn.Text is { } text)
        {
            parts.Add(new JsonObject { ["text"] = text });
        }

        foreach (var (name, input) in ToolChoice.Calls(turn, offered))
        {
            parts.Add(
                new JsonObject
                {
                    ["functionCall"] = new JsonObject { ["name"] = name, ["args"] = input },
                }
            );
        }

        JsonObject document = new()
        {
            ["candidates"] = new JsonArray(
                new JsonObject
                {
                    ["content"] = new JsonObject { ["role"] = "model", ["parts"] = parts },
                    ["finishReason"] = "STOP",
                    ["index"] = 0,
                }
            ),
            ["usageMetadata"] = new JsonObject
            {
                ["promptTokenCount"] = turn.InputTokens,
                ["candidatesTokenCount"] = turn.OutputTokens,
                ["totalTokenCount"] = turn.InputTokens + turn.OutputTokens,
            },
            ["modelVersion"] = "scripted",
        };
        return path.Contains(":stream", StringComparison.Ordinal)
            ? new ModelAnswer(null, [new(null, document)])
            : ModelAnswer.Of(document);
    }

    public ModelAnswer AnswerAside(string path, JsonObject body)
    {
        var wanted = body["generationConfig"] is JsonObject configuration
            ? configuration["responseJsonSchema"] ?? configuration["responseSchema"]
            : null;
        return Answer(path, body, ModelTurn.Say(wanted is null ? "ok" : Fitting(wanted).ToJsonString()));
    }

    private static JsonNode Fitting(JsonNode schema)
    {
        if (schema["enum"] is JsonArray { Count: > 0 } choices)
        {
            return choices[0]!.DeepClone();
        }

        switch (((string?)schema["type"])?.ToUpperInvariant())
        {
            case "OBJECT":
                JsonObject made = [];
                foreach (var (name, value) in schema["properties"] as JsonObject ?? [])
                {
                    made[name] = Fitting(value!);
                }

                return made;
            case "ARRAY":
                return new JsonArray();
            case "NUMBER" or "INTEGER":
                return JsonValue.Create(1);
            case "BOOLEAN":
                return JsonValue.Create(false);
            default:
                return JsonValue.Create("ok")!;
        }
    }
}
