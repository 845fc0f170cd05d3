using System.Text.Json.Serialization;

namespace Coop.Forks;

/// <summary>The shapes of this room's documents.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ForkListJson.Document))]
internal sealed partial class ForkListJsonContext : JsonSerializerContext;
