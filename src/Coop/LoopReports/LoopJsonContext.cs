using System.Text.Json.Serialization;

namespace Coop.LoopReports;

/// <summary>The shapes of this room's files and documents.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(LoopLine))]
[JsonSerializable(typeof(LoopReport))]
internal sealed partial class LoopJsonContext : JsonSerializerContext;
