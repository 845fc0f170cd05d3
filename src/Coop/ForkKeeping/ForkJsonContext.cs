using System.Text.Json.Serialization;

namespace Coop.ForkKeeping;

/// <summary>The shapes of this room's files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ForkRecord))]
internal sealed partial class ForkJsonContext : JsonSerializerContext;
