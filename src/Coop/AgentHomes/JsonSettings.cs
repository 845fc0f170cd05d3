using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Errors;
using Coop.Formats;

namespace Coop.AgentHomes;

/// <summary>An agent's JSON settings while Coop completes the box's copy of them.</summary>
internal sealed class JsonSettings
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private readonly JsonObject root;

    private JsonSettings(JsonObject root) => this.root = root;

    /// <summary>The user's file where there is one, else what the box has.</summary>
    /// <exception cref="UserError">The user's file is no JSON object.</exception>
    public static JsonSettings Of(HomeFacts facts, string name) => new(User(facts, name) ?? Box(facts, name) ?? new JsonObject());

    /// <summary>What the box has, with the user's values laid over it: for files in which an agent keeps state beside settings.</summary>
    /// <exception cref="UserError">The user's file is no JSON object.</exception>
    public static JsonSettings Laid(HomeFacts facts, string name)
    {
        var box = Box(facts, name) ?? new JsonObject();
        if (User(facts, name) is { } user)
        {
            Lay(user, box);
        }

        return new JsonSettings(box);
    }

    /// <summary>The value there; null when there is none.</summary>
    public JsonNode? Get(params ReadOnlySpan<string> path)
    {
        JsonNode? node = root;
        foreach (var name in path)
        {
            node = node is JsonObject table && table.TryGetPropertyValue(name, out var next) ? next : null;
        }

        return node;
    }

    /// <summary>Sets a value that is not there yet.</summary>
    public void Default(JsonNode value, params ReadOnlySpan<string> path)
    {
        if (Get(path) is null)
        {
            Set(value, path);
        }
    }

    /// <summary>Sets a value. A parent that is no object stays as the user made it, and nothing is set.</summary>
    public void Set(JsonNode value, params ReadOnlySpan<string> path)
    {
        var table = root;
        foreach (var name in path[..^1])
        {
            if (!table.TryGetPropertyValue(name, out var next) || next is null)
            {
                next = new JsonObject();
                table[name] = next;
            }

            if (next is not JsonObject inner)
            {
                return;
            }

            table = inner;
        }

        table[path[^1]] = value;
    }

    public HomeFile ToFile(string name) => new(name, root.ToJsonString() + "\n");

    private static JsonObject? User(HomeFacts facts, string name)
    {
        if (!facts.UserFiles.TryGetValue(name, out var bytes))
        {
            return null;
        }

        // The lenient reader's own error carries no path of ours; this one names file and line.
        var placed = PlacedJson.Parse(facts.UserPath(name), bytes);
        return Parse(bytes)
            ?? throw UserError.Usage(
                $"{new TextPlace(facts.UserPath(name), placed.Line)}: the settings must be an object, not {placed.Describe()}.",
                "Mend the file, or move it away."
            );
    }

    // An agent wrote it: what cannot be read starts anew.
    private static JsonObject? Box(HomeFacts facts, string name) =>
        facts.BoxFiles.TryGetValue(name, out var bytes) ? Parse(bytes) : null;

    private static JsonObject? Parse(byte[] bytes)
    {
        try
        {
            var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
            var parsed = JsonNode.Parse(text, documentOptions: Lenient) as JsonObject;

            // The tree is read lazily, and a key that stands twice fails only then.
            _ = parsed?.Count;
            _ = parsed?.ToJsonString();
            return parsed;
        }
        catch (Exception cause) when (cause is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Lay(JsonObject from, JsonObject over)
    {
        foreach (var (name, value) in from)
        {
            if (value is JsonObject table && over[name] is JsonObject below)
            {
                Lay(table, below);
            }
            else
            {
                over[name] = value?.DeepClone();
            }
        }
    }
}
