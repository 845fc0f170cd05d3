using System.Text.Json.Serialization;

namespace Coop.Storage;

/// <summary>The shape of the file beside a lock.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LockHolder))]
internal sealed partial class LockHolderJsonContext : JsonSerializerContext;
