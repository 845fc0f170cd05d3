namespace Coop.CheckSecrets;

/// <summary>Findings for people and for programs that read lines: <c>path:line:column: kind (redacted)</c>.</summary>
internal static class CheckSecretsText
{
    private const int ShortId = 10;

    public static string Render(CheckReport report) => string.Concat(report.Findings.Select(finding => Line(finding) + "\n"));

    /// <summary>What is said beside the findings.</summary>
    public static IReadOnlyList<string> Notes(CheckReport report)
    {
        List<string> notes = [.. report.Unread.Select(unread => ShownPath.In(unread.Reason))];
        var found = report.Findings.Count switch
        {
            0 => "No credentials found",
            1 => "1 credential found",
            var count => $"{count} credentials found",
        };
        var silenced = report.Silenced == 0 ? "" : $", {report.Silenced} allowed or in the baseline";
        notes.Add($"{found} in {report.Scanned} {(report.Scanned == 1 ? "file" : "files")}{silenced}.");
        if (report.Unread.Count > 0)
        {
            notes.Add("Not everything could be read, so this is no all-clear; to scan whatever can be: --keep-going");
        }

        if (report.Findings.Count > 0)
        {
            notes.Add("Replace what was issued, then remove it; a false alarm is silenced by a comment: coop:allow-secret why");
        }

        return notes;
    }

    private static string Line(ReportedFinding reported)
    {
        var finding = reported.Finding;
        var place = reported.Path.IsEmpty ? "message" : $"{ShownPath.Of(reported.Path)}";
        var line = $"{place}:{finding.Line}:{finding.Column}: {finding.Title} ({finding.Redacted})";
        return reported.Commit is { } commit
            ? $"{line} in commit {commit.Id[..ShortId]} of {commit.AuthorDate}, {(commit.IsAtHead ? "still at HEAD" : "gone from HEAD")}"
            : line;
    }
}
