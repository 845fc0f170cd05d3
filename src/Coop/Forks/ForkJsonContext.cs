using System.Text.Json.Serialization;

namespace Coop.Forks;

/// <summary>The shapes of this room's files and documents.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ForkRecord))]
[JsonSerializable(typeof(ForkListJson.Document))]
internal sealed partial class ForkJsonContext : JsonSerializerContext;
