using System.Text.Json.Nodes;

namespace Coop.TestPrograms;

/// <summary>What an agent asked.</summary>
/// <param name="Path">With its query.</param>
/// <param name="Headers">By lower-case name.</param>
/// <param name="Body">As text; what is no text is empty.</param>
public sealed record ModelRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonNode? Json
    {
        get
        {
            try
            {
                return Body.Length == 0 ? null : JsonNode.Parse(Body);
            }
            catch (System.Text.Json.JsonException)
            {
                return null;
            }
        }
    }

    public string ToJson() =>
        new JsonObject
        {
            ["method"] = Method,
            ["path"] = Path,
            ["body"] = Body,
        }.ToJsonString();
}
