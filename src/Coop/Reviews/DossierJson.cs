using System.Text.Json;

namespace Coop.Reviews;

/// <summary>A dossier as one JSON document; the schema is docs/dossier.schema.json. Names and words are for scripts and stay.</summary>
internal static class DossierJson
{
    public static string Render(Dossier dossier, string? gate) =>
        JsonSerializer.Serialize(
            new Document(
                dossier.Fork,
                dossier.Onto,
                dossier.Base,
                dossier.Tip,
                dossier.Behind,
                dossier.Added,
                dossier.Removed,
                [
                    .. dossier.Commits.Select(row => new CommitRow(
                        row.Commit.Id,
                        row.Commit.Message,
                        row.Commit.Author,
                        row.Commit.AuthorEmail,
                        row.Commit.Authored.ToString("yyyy-MM-dd'T'HH:mm:ssK", System.Globalization.CultureInfo.InvariantCulture),
                        row.Files
                    )),
                ],
                [
                    .. dossier.Files.Select(file => new FileRow(
                        file.Path.ToString(),
                        file.Change.ToString(),
                        file.Added,
                        file.Removed,
                        file.Risk,
                        file.Why
                    )),
                ],
                [
                    .. dossier.Findings.Select(finding => new FindingRow(
                        WordOf(finding.Kind),
                        finding.Refuses,
                        finding.Path?.ToString(),
                        finding.Commit,
                        finding.Detail
                    )),
                ],
                dossier.Account,
                dossier.Notes,
                gate
            ),
            DossierJsonContext.Default.Document
        ) + "\n";

    private static string WordOf(FindingKind kind) =>
        kind switch
        {
            FindingKind.HiddenName => "hidden-name",
            FindingKind.Token => "token",
            FindingKind.LargeFile => "large-file",
            FindingKind.LinkOutside => "link-outside",
            FindingKind.Submodule => "submodule",
            FindingKind.HostTrigger => "host-trigger",
            FindingKind.TestRemoved => "test-removed",
            FindingKind.TestWeakened => "test-weakened",
            FindingKind.GateChanged => "gate-changed",
            FindingKind.ModeChanged => "mode-changed",
            _ => throw new InvalidOperationException($"No word for {kind}."),
        };

    internal sealed record Document(
        string Fork,
        string Onto,
        string Base,
        string Tip,
        int Behind,
        int Added,
        int Removed,
        IReadOnlyList<CommitRow> Commits,
        IReadOnlyList<FileRow> Files,
        IReadOnlyList<FindingRow> Findings,
        string Account,
        IReadOnlyList<string> Notes,
        string? Gate
    );

    internal sealed record CommitRow(string Id, string Message, string Author, string Email, string Authored, int Files);

    internal sealed record FileRow(string Path, string Change, int? Added, int? Removed, int Risk, string Why);

    internal sealed record FindingRow(string Kind, bool Refuses, string? Path, string? Commit, string Detail);
}
