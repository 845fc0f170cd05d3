using System.Text.Json.Serialization;

namespace Coop.Reviews;

/// <summary>The shapes of this room's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DossierJson.Document))]
internal sealed partial class DossierJsonContext : JsonSerializerContext;
