using System.Text.Json.Serialization;

namespace Coop.Images;

/// <summary>The shapes of this room's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImageRecord))]
internal sealed partial class ImageJsonContext : JsonSerializerContext;
