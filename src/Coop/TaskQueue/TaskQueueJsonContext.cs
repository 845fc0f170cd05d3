using System.Text.Json.Serialization;

namespace Coop.TaskQueue;

/// <summary>The shapes of this room's documents.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(TaskListJson.Document))]
internal sealed partial class TaskQueueJsonContext : JsonSerializerContext;
