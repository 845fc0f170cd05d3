using Coop.Scanning;
using Coop.Shadowing;
using Coop.Storage;

namespace Coop.CheckSecrets;

/// <summary>Gathers what a scan finds, before comments and baseline are heard.</summary>
internal sealed class FoundSecrets
{
    private readonly List<ReportedFinding> all = [];
    private readonly HashSet<ReportedFinding> disallowed = [];

    public IReadOnlyList<ReportedFinding> All => all;

    public List<(BytePath Path, string Reason)> Unread { get; } = [];

    public int Scanned { get; set; }

    public void Add(FileScan scan)
    {
        Add(scan.Path, scan.Findings, null);
        if (scan.Trouble is { } trouble)
        {
            Unread.Add((scan.Path, trouble));
        }
    }

    public void Add(BytePath path, IReadOnlyList<SecretFinding> findings, CommitPlace? commit) =>
        all.AddRange(findings.Select(finding => new ReportedFinding(path, finding, commit)));

    /// <summary>The comments in these lines do not count.</summary>
    public void Disallow(IEnumerable<ReportedFinding> findings) => disallowed.UnionWith(findings);

    public CheckReport Report(Baseline baseline)
    {
        var open = all.Where(one => (one.Finding.AllowReason is null || disallowed.Contains(one)) && !baseline.Knows(one))
            .ToList();
        return new CheckReport(
            ReportedFinding.Sort(open),
            [.. Unread.OrderBy(one => one.Path).ThenBy(one => one.Reason, StringComparer.Ordinal)],
            all.Count - open.Count,
            Scanned
        );
    }
}
