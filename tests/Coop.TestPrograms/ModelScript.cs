using System.Text.Json.Nodes;

namespace Coop.TestPrograms;

/// <summary>A script in JSON: a list of turns, each with <c>text</c>, <c>shell</c>, <c>write</c> (<c>path</c>, <c>content</c>), <c>tool</c> (<c>name</c>, <c>input</c>), <c>status</c> or <c>repeat</c>.</summary>
public static class ModelScript
{
    public static IEnumerable<ModelTurn> Parse(JsonNode script) =>
        script
            .AsArray()
            .Select(turn => new ModelTurn
            {
                Text = (string?)turn!["text"],
                Shell = (string?)turn["shell"],
                Write = turn["write"] is { } write
                    ? new ModelTurn.FileToWrite((string)write["path"]!, (string)write["content"]!)
                    : null,
                Tool = turn["tool"] is { } tool
                    ? new ModelTurn.ToolCall(
                        (string)tool["name"]!,
                        tool["input"]?.DeepClone().AsObject() ?? [],
                        (string?)tool["group"]
                    )
                    : null,
                Failure = turn["status"] is { } status ? new ModelFailure((int)status, [], new JsonObject()) : null,
                Repeats = (bool?)turn["repeat"] ?? false,
            });
}
