using System.Text.Json;
using Coop.Errors;

namespace Coop.Formats;

/// <summary>A JSON value of a user's file that knows its line, which the framework's own tree does not. Comments and trailing commas are accepted; a key that stands twice is an error.</summary>
internal sealed class PlacedJson
{
    private static readonly JsonReaderOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 64,
    };

    private PlacedJson(JsonValueKind kind, int line)
    {
        Kind = kind;
        Line = line;
    }

    public JsonValueKind Kind { get; }

    /// <summary>Where the value begins, from 1.</summary>
    public int Line { get; }

    /// <summary>Of a text; null otherwise.</summary>
    public string? Text { get; private init; }

    /// <summary>Of an object, in the file's order; empty otherwise.</summary>
    public IReadOnlyList<(string Name, PlacedJson Value)> Members { get; private init; } = [];

    /// <summary>Of a list; empty otherwise.</summary>
    public IReadOnlyList<PlacedJson> Items { get; private init; } = [];

    /// <summary>The member of that name; null when there is none.</summary>
    public PlacedJson? Find(string name) => Members.FirstOrDefault(member => member.Name == name).Value;

    /// <summary>What it is, for messages.</summary>
    public string Describe() =>
        Kind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.True or JsonValueKind.False => "true or false",
            _ => "null",
        };

    /// <exception cref="UserError">It is no JSON; exit 2, with its place.</exception>
    public static PlacedJson Parse(string path, ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;
        Utf8JsonReader reader = new(bytes.Span, Lenient);
        try
        {
            reader.Read();
            var root = Value(ref reader, path, bytes.Span);
            while (reader.Read()) { }
            return root;
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            var line = cause is JsonException { LineNumber: { } number }
                ? (int)number + 1
                : LineOf(bytes.Span, reader.BytesConsumed);
            throw new UserError(
                $"{new TextPlace(path, line)}: this is no JSON.",
                "Look for a missing comma, quote or bracket there.",
                ExitCode.Usage,
                cause
            );
        }
    }

    private static PlacedJson Value(ref Utf8JsonReader reader, string path, ReadOnlySpan<byte> whole)
    {
        var line = LineOf(whole, reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => new PlacedJson(JsonValueKind.Object, line)
            {
                Members = ReadMembers(ref reader, path, whole),
            },
            JsonTokenType.StartArray => new PlacedJson(JsonValueKind.Array, line) { Items = ReadItems(ref reader, path, whole) },
            JsonTokenType.String => new PlacedJson(JsonValueKind.String, line) { Text = reader.GetString() },
            JsonTokenType.Number => new PlacedJson(JsonValueKind.Number, line),
            JsonTokenType.True => new PlacedJson(JsonValueKind.True, line),
            JsonTokenType.False => new PlacedJson(JsonValueKind.False, line),
            _ => new PlacedJson(JsonValueKind.Null, line),
        };
    }

    private static List<(string Name, PlacedJson Value)> ReadMembers(
        ref Utf8JsonReader reader,
        string path,
        ReadOnlySpan<byte> whole
    )
    {
        List<(string Name, PlacedJson Value)> members = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            if (!names.Add(name))
            {
                throw UserError.Usage(
                    $"{new TextPlace(path, LineOf(whole, reader.TokenStartIndex))}: the key '{name}' stands twice.",
                    "Keep one of them."
                );
            }

            reader.Read();
            members.Add((name, Value(ref reader, path, whole)));
        }

        return members;
    }

    private static List<PlacedJson> ReadItems(ref Utf8JsonReader reader, string path, ReadOnlySpan<byte> whole)
    {
        List<PlacedJson> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader, path, whole));
        }

        return items;
    }

    private static int LineOf(ReadOnlySpan<byte> whole, long offset) =>
        whole[..(int)Math.Clamp(offset, 0, whole.Length)].Count((byte)'\n') + 1;
}
