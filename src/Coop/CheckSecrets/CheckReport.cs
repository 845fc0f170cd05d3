using Coop.Storage;

namespace Coop.CheckSecrets;

/// <summary>What a check found.</summary>
/// <param name="Findings">Sorted; without those that are allowed or in the baseline.</param>
/// <param name="Unread">What could not be read whole, and why, sorted.</param>
/// <param name="Silenced">How many findings a comment or the baseline silenced.</param>
/// <param name="Scanned">Files or versions of files.</param>
internal sealed record CheckReport(
    IReadOnlyList<ReportedFinding> Findings,
    IReadOnlyList<(BytePath Path, string Reason)> Unread,
    int Silenced,
    int Scanned
);
