using Coop.Scanning;
using Coop.Storage;

namespace Coop.CheckSecrets;

/// <summary>A finding and where it is.</summary>
/// <param name="Path">Relative to the repository; empty for a commit's message.</param>
/// <param name="Commit">Where in the history; null for a file of the tree or the index.</param>
internal sealed record ReportedFinding(BytePath Path, SecretFinding Finding, CommitPlace? Commit)
{
    /// <summary>By path, place and time.</summary>
    public static IReadOnlyList<ReportedFinding> Sort(IEnumerable<ReportedFinding> findings) =>
        [
            .. findings
                .OrderBy(finding => finding.Path)
                .ThenBy(finding => finding.Commit?.Order ?? 0)
                .ThenBy(finding => finding.Finding.Line)
                .ThenBy(finding => finding.Finding.Column)
                .ThenBy(finding => finding.Finding.Detector, StringComparer.Ordinal),
        ];
}
