using System.Text.Json;
using Coop.Masking;

namespace Coop.Upkeep;

/// <summary>
/// Hidden paths as one JSON document: <c>{"hidden":[{"path","kind","rule","cause","file","line","via"}]}</c>. Paths are escaped as everywhere in Coop's output; file, line and via are
/// null where the rule has none.
/// </summary>
internal static class HiddenJson
{
    public static string Render(IReadOnlyList<HiddenPath> paths) =>
        JsonSerializer.Serialize(new Document([.. paths.Select(Row.From)]), HiddenJsonContext.Default.Document) + "\n";

    internal sealed record Document(IReadOnlyList<Row> Hidden);

    internal sealed record Row(string Path, string Kind, string Rule, string Cause, string? File, int? Line, string? Via)
    {
        public static Row From(HiddenPath path) =>
            new(
                path.Path.ToString(),
                path.Kind.ToString().ToLowerInvariant(),
                path.Reason.Rule,
                JsonNamingPolicy.KebabCaseLower.ConvertName(path.Reason.Cause.ToString()),
                path.Reason.File?.ToString(),
                path.Reason.File is null ? null : path.Reason.Line,
                path.Reason.Via?.ToString()
            );
    }
}
