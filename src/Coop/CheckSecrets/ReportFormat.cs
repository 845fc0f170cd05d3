namespace Coop.CheckSecrets;

/// <summary>How findings are printed.</summary>
internal enum ReportFormat
{
    Text,
    Json,

    /// <summary>SARIF 2.1.0, which code hosts and editors show.</summary>
    Sarif,
}
