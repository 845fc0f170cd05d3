using System.Text.Json.Serialization;

namespace Coop.Doctor;

/// <summary>The shapes of this room's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DoctorJson.Document))]
internal sealed partial class DoctorJsonContext : JsonSerializerContext;
