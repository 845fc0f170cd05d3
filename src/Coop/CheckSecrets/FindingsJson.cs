using System.Text.Json;

namespace Coop.CheckSecrets;

/// <summary>
/// Findings as one JSON document: <c>{"findings":[{"path","line","column","endLine","kind","title","tier","redacted","commit","date","atHead"}],"unread":[{"path","reason"}],"scanned","silenced"}</c>.
/// Paths are escaped as everywhere in Coop's output; commit, date and atHead are null but for the history.
/// </summary>
internal static class FindingsJson
{
    public static string Render(CheckReport report) =>
        JsonSerializer.Serialize(
            new Document(
                [.. report.Findings.Select(Row.From)],
                [
                    .. report.Unread.Select(unread => new UnreadRow(
                        ShownPath.Of(unread.Path).ToString(),
                        ShownPath.In(unread.Reason)
                    )),
                ],
                report.Scanned,
                report.Silenced
            ),
            CheckSecretsJsonContext.Default.Document
        ) + "\n";

    internal sealed record Document(IReadOnlyList<Row> Findings, IReadOnlyList<UnreadRow> Unread, int Scanned, int Silenced);

    internal sealed record UnreadRow(string Path, string Reason);

    internal sealed record Row(
        string Path,
        int Line,
        int Column,
        int EndLine,
        string Kind,
        string Title,
        string Tier,
        string Redacted,
        string? Commit,
        string? Date,
        bool? AtHead
    )
    {
        public static Row From(ReportedFinding reported) =>
            new(
                ShownPath.Of(reported.Path).ToString(),
                reported.Finding.Line,
                reported.Finding.Column,
                reported.Finding.EndLine,
                reported.Finding.Detector,
                reported.Finding.Title,
                reported.Finding.Tier.ToString().ToLowerInvariant(),
                reported.Finding.Redacted,
                reported.Commit?.Id,
                reported.Commit?.AuthorDate,
                reported.Commit?.IsAtHead
            );
    }
}
