using System.Globalization;
using System.Text;
using Coop.Clones;
using Coop.Masking;
using Coop.Scanning;
using Coop.Storage;

namespace Coop.Reviews;

/// <summary>Reads a dossier out of a scratch repository that holds the fork's commits.</summary>
/// <param name="names">Which paths boxes do not see.</param>
/// <param name="gate">The words of the gate's command; empty without a gate.</param>
internal sealed class DossierCollector(
    ScratchRepository scratch,
    HiddenNames names,
    SecretScanner scanner,
    IReadOnlyList<string> gate
)
{
    /// <summary>More of a change is not searched for weaker tests, and not printed.</summary>
    public const int MostDiffBytes = 8 << 20;

    private const string AccountPath = ".agent/LOG.md";
    private const int MostAccountBytes = 256 * 1024;
    private const int MostAccountLines = 12;
    private const int MostLinkBytes = 4096;

    /// <param name="onto">Where the user's branch stands.</param>
    /// <param name="tip">The fork's last commit.</param>
    /// <param name="notes">Sentences about the fork itself.</param>
    public async Task<Dossier> CollectAsync(
        string fork,
        string branch,
        string onto,
        string tip,
        IReadOnlyList<string> notes,
        CancellationToken cancellationToken
    )
    {
        var start = await scratch.MergeBaseAsync(onto, tip, cancellationToken) ?? onto;
        var commits = await scratch.ListCommitsAsync(onto, tip, cancellationToken);
        var changes = await scratch.ListChangesAsync([.. commits.Select(commit => commit.Id)], cancellationToken);
        var findings = await FindAsync(commits, changes, cancellationToken);
        var whole = await scratch.CompareAsync(start, tip, cancellationToken);
        var lines = await scratch.CountLinesAsync(start, tip, cancellationToken);
        findings.AddRange(whole.SelectMany(change => ReviewRules.JudgeWhole(change, gate)));
        if (whole.Any(change => !change.IsDeleted && TestRules.IsTest(change.Path)))
        {
            var diff = await scratch.DiffAsync(start, tip, MostDiffBytes, cancellationToken);
            findings.AddRange(TestRules.FindWeakened(whole, Encoding.UTF8.GetString(diff.Span)));
        }

        findings = [.. findings.OrderBy(finding => finding.Kind)];
        var behind = await scratch.CheckedAsync(cancellationToken, "rev-list", "--count", $"{tip}..{onto}");
        return new Dossier(
            fork,
            branch,
            start,
            tip,
            int.Parse(Encoding.ASCII.GetString(behind.Span).Trim(), CultureInfo.InvariantCulture),
            [
                .. commits.Select(commit => new ReviewedCommit(
                    commit,
                    changes.GetValueOrDefault(commit.Id, []).Select(change => change.Path).Distinct().Count()
                )),
            ],
            Files(whole, lines, findings),
            findings,
            await AccountAsync(tip, cancellationToken),
            notes
        );
    }

    /// <summary>What would refuse a merge of these commits, first seen first.</summary>
    public async Task<List<ReviewFinding>> FindAsync(
        IReadOnlyList<ScratchCommit> commits,
        IReadOnlyDictionary<string, IReadOnlyList<TreeChange>> changes,
        CancellationToken cancellationToken
    )
    {
        var fresh = changes.Values.SelectMany(list => list).Where(change => change.HasNewBlob).ToList();
        var sizes = await scratch.SizesAsync([.. fresh.Select(change => change.NewId).Distinct()], cancellationToken);
        var links = await scratch.ContentsAsync(
            [
                .. fresh
                    .Where(change => change.BecameLink && sizes.GetValueOrDefault(change.NewId, long.MaxValue) <= MostLinkBytes)
                    .Select(change => change.NewId)
                    .Distinct(),
            ],
            cancellationToken
        );
        HashSet<(FindingKind Kind, BytePath? Path, string Detail)> seen = [];
        List<ReviewFinding> findings = [];
        foreach (var commit in commits)
        {
            foreach (var change in changes.GetValueOrDefault(commit.Id, []))
            {
                findings.AddRange(
                    ReviewRules
                        .Judge(commit.Id, change, names, sizes, links)
                        .Where(finding => seen.Add((finding.Kind, finding.Path, finding.Detail)))
                );
            }
        }

        findings.AddRange(await new TokenSearch(scratch, scanner).FindAsync(commits, changes, sizes, cancellationToken));
        return findings;
    }

    private static IReadOnlyList<ReviewedFile> Files(
        IReadOnlyList<TreeChange> changes,
        IReadOnlyList<LineCount> lines,
        List<ReviewFinding> findings
    )
    {
        Dictionary<BytePath, LineCount> counts = new(BytePathComparer.Instance);
        foreach (var count in lines)
        {
            counts[count.Path] = count;
        }

        var ofPath = findings
            .Where(finding => finding.Path is not null)
            .ToLookup(finding => finding.Path!, BytePathComparer.Instance);
        return
        [
            .. changes
                .Select(change =>
                {
                    var own = ofPath[change.Path].ToList();
                    var count = counts.GetValueOrDefault(change.Path);
                    return new ReviewedFile(
                        change.Path,
                        LetterOf(change),
                        count?.Added,
                        count?.Removed,
                        ReviewRules.RiskOf(change.Path, own),
                        own.Count == 0 ? "" : own[0].Detail
                    );
                })
                .OrderBy(file => file.Risk)
                .ThenByDescending(file => (file.Added ?? 0) + (file.Removed ?? 0))
                .ThenBy(file => file.Path),
        ];
    }

    private static char LetterOf(TreeChange change) =>
        change.IsAdded ? 'A'
        : change.IsDeleted ? 'D'
        : (change.OldMode & 0xF000) != (change.NewMode & 0xF000) ? 'T'
        : 'M';

    private async Task<string> AccountAsync(string tip, CancellationToken cancellationToken)
    {
        if (
            await scratch.BlobAsync(tip, AccountPath, cancellationToken) is not { } blob
            || (await scratch.SizesAsync([blob], cancellationToken)).GetValueOrDefault(blob, long.MaxValue) > MostAccountBytes
        )
        {
            return "";
        }

        var content = (await scratch.ContentsAsync([blob], cancellationToken)).GetValueOrDefault(blob);
        var lines = Terminal.PlainText.Clean(Encoding.UTF8.GetString(content.Span)).TrimEnd().Split('\n');
        return string.Join('\n', lines.TakeLast(MostAccountLines));
    }
}
