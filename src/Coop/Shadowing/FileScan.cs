using Coop.Detectors;
using Coop.Scanning;
using Coop.Storage;

namespace Coop.Shadowing;

/// <summary>What the scan of one file said.</summary>
/// <param name="Trouble">Why it could not be read whole; null when it was.</param>
internal sealed record FileScan(BytePath Path, IReadOnlyList<SecretFinding> Findings, string? Trouble)
{
    public bool HasProviderToken => Findings.Any(finding => finding.Tier == SecretTier.Provider);
}
