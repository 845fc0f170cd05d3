using System.Text.Json.Serialization;

namespace Coop.Upkeep;

/// <summary>The shapes of this room's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ConfigJson.Document))]
internal sealed partial class ConfigJsonContext : JsonSerializerContext;
