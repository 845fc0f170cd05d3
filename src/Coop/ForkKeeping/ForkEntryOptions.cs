namespace Coop.ForkKeeping;

/// <summary>How a fork is to be entered.</summary>
/// <param name="IsNew">It must not exist yet.</param>
/// <param name="Continues">It must exist.</param>
/// <param name="IncludesIgnored">A new one gets ignored files too.</param>
/// <param name="IsFresh">A new conversation begins; else the last one of that agent and account goes on, if there is one.</param>
internal sealed record ForkEntryOptions(bool IsNew, bool Continues, bool IsFresh, bool IncludesIgnored);
