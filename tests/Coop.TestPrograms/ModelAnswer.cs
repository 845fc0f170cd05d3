using System.Text.Json.Nodes;

namespace Coop.TestPrograms;

/// <summary>An answer's body: one document, or the events of a stream.</summary>
/// <param name="Document">Null for a stream.</param>
/// <param name="Events">Each with its name, which is null where the interface has none.</param>
internal sealed record ModelAnswer(JsonNode? Document, IReadOnlyList<KeyValuePair<string?, JsonNode>> Events)
{
    /// <summary>Said at the stream's end where the interface wants it.</summary>
    public string? Closing { get; init; }

    public static ModelAnswer Of(JsonNode document) => new(document, []);
}
