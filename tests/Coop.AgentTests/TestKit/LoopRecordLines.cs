using System.Text.Json;
using Coop.BoxTests.TestKit;

namespace Coop.AgentTests.TestKit;

/// <summary>The record of the only loop that ran in a repository, line by line.</summary>
internal static class LoopRecordLines
{
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync(TemporaryRepository repository)
    {
        var queues = Path.Combine(repository.HomeDirectory, ".local/state/coop/queues");
        var record = Directory.EnumerateFiles(queues, "*.jsonl", SearchOption.AllDirectories).Single();
        return [.. (await File.ReadAllLinesAsync(record)).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public static IReadOnlyList<JsonElement> Of(this IReadOnlyList<JsonElement> lines, string happened) =>
        [.. lines.Where(line => line.GetProperty("event").GetString() == happened)];

    public static string? Text(this JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static long? Number(this JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.GetInt64() : null;
}
