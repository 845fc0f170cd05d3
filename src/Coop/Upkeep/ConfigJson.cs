using System.Text.Json;
using Coop.Configuration;

namespace Coop.Upkeep;

/// <summary>The settings as one JSON document: <c>{"settings":[{"key","value","source"}]}</c>.</summary>
internal static class ConfigJson
{
    public static string Render(IReadOnlyList<SettingValue> values) =>
        JsonSerializer.Serialize(
            new Document([.. values.Select(value => new Row(value.Key, value.Text, value.Source))]),
            ConfigJsonContext.Default.Document
        ) + "\n";

    internal sealed record Document(IReadOnlyList<Row> Settings);

    internal sealed record Row(string Key, string Value, string Source);
}
