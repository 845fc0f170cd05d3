using System.Text.Json.Serialization;

namespace Coop.CheckSecrets;

/// <summary>The shapes of this room's documents.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FindingsJson.Document))]
[JsonSerializable(typeof(SarifReport.Log))]
[JsonSerializable(typeof(Baseline.Document), TypeInfoPropertyName = "BaselineDocument")]
internal sealed partial class CheckSecretsJsonContext : JsonSerializerContext;
