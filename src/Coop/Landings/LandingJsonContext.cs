using System.Text.Json.Serialization;

namespace Coop.Landings;

/// <summary>The shapes of this room's files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LandingJournal))]
internal sealed partial class LandingJsonContext : JsonSerializerContext;
