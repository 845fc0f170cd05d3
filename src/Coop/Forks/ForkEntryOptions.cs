namespace Coop.Forks;

/// <summary>How a fork is to be entered.</summary>
/// <param name="IsNew">It must not exist yet.</param>
/// <param name="Continues">It must exist.</param>
/// <param name="IncludesIgnored">A new one gets ignored files too.</param>
internal sealed record ForkEntryOptions(bool IsNew, bool Continues, bool IncludesIgnored);
