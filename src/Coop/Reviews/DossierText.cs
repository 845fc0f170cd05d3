using System.Globalization;
using System.Text;
using Coop.Terminal;

namespace Coop.Reviews;

/// <summary>A dossier for people; what matters stands on the first screen.</summary>
internal static class DossierText
{
    private const int MostFindings = 12;
    private const int MostCommits = 15;
    private const int MostFiles = 25;
    private const int MostSubject = 100;

    /// <param name="isWhole">Nothing is left out of the lists.</param>
    public static string Render(Dossier dossier, bool isWhole)
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"Fork '{dossier.Fork}': {Count(dossier.Commits.Count, "commit")} for {PlainText.CleanLine(dossier.Onto)}, "
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Count(dossier.Files.Count, "file")}, +{dossier.Added} -{dossier.Removed}.\n"
        );
        if (dossier.Behind > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {PlainText.CleanLine(dossier.Onto)} is {Count(dossier.Behind, "commit")} further than the fork began.\n"
            );
        }

        foreach (var note in dossier.Notes)
        {
            text.Append("  ").Append(note).Append('\n');
        }

        Findings(text, dossier, isWhole);
        Commits(text, dossier, isWhole);
        Files(text, dossier, isWhole);
        if (dossier.Account.Length > 0)
        {
            text.Append("\nThe agent's own account, the end of .agent/LOG.md:\n");
            foreach (var line in dossier.Account.Split('\n'))
            {
                text.Append("  ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>One line for a finding.</summary>
    public static string Line(ReviewFinding finding)
    {
        var subject = finding.Path is { } path ? $"'{path}' " : "a message ";
        var place = finding.Commit is { } commit ? $", commit {commit[..10]}" : "";
        return $"{subject}{finding.Detail}{place}";
    }

    private static void Findings(StringBuilder text, Dossier dossier, bool isWhole)
    {
        if (dossier.Findings.Count == 0)
        {
            return;
        }

        var refusals = dossier.Refusals.Count();
        text.Append(
            refusals == 0
                ? "\nLook at:\n"
                : $"\n{Count(refusals, "finding")} {(refusals == 1 ? "refuses" : "refuse")} the merge:\n"
        );
        Rows(
            text,
            dossier.Findings,
            isWhole ? int.MaxValue : MostFindings,
            finding => (finding.Refuses ? "refuses  " : "look     ") + Line(finding)
        );
    }

    private static void Commits(StringBuilder text, Dossier dossier, bool isWhole)
    {
        if (dossier.Commits.Count == 0)
        {
            return;
        }

        text.Append("\nCommits, and what they claim:\n");
        Rows(
            text,
            dossier.Commits,
            isWhole ? int.MaxValue : MostCommits,
            row =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Commit.ShortId}  {Count(row.Files, "file"), 9}  {Short(row.Commit.Subject)}  ({Short(row.Commit.Author)})"
                )
        );
    }

    private static void Files(StringBuilder text, Dossier dossier, bool isWhole)
    {
        if (dossier.Files.Count == 0)
        {
            return;
        }

        text.Append("\nFiles, the riskiest first:\n");
        Rows(
            text,
            dossier.Files,
            isWhole ? int.MaxValue : MostFiles,
            file =>
            {
                var lines = file.Added is { } added
                    ? string.Create(CultureInfo.InvariantCulture, $"+{added} -{file.Removed}")
                    : "binary";
                return $"{file.Change} {lines, 12}  '{file.Path}'{(file.Why.Length > 0 ? "  " + file.Why : "")}";
            }
        );
    }

    private static void Rows<T>(StringBuilder text, IReadOnlyList<T> rows, int most, Func<T, string> line)
    {
        foreach (var row in rows.Take(most))
        {
            text.Append("  ").Append(line(row)).Append('\n');
        }

        if (rows.Count > most)
        {
            text.Append(CultureInfo.InvariantCulture, $"  and {rows.Count - most} more: --stat\n");
        }
    }

    private static string Short(string text)
    {
        var clean = PlainText.CleanLine(text).Trim();
        return clean.Length <= MostSubject ? clean : clean[..MostSubject] + "…";
    }

    private static string Count(int count, string noun) =>
        count == 1 ? $"1 {noun}" : string.Create(CultureInfo.InvariantCulture, $"{count} {noun}s");
}
