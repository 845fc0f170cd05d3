using System.Text.Json.Serialization;

namespace Coop.Upkeep;

/// <summary>The shapes of <see cref="HiddenJson"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HiddenJson.Document))]
internal sealed partial class HiddenJsonContext : JsonSerializerContext;
