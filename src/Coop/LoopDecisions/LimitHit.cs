using Coop.AgentEvents;

namespace Coop.LoopDecisions;

/// <summary>A provider refused, as the agent's own error event told.</summary>
/// <param name="ResetsAt">Null when it did not tell.</param>
/// <param name="Message">Its words, clean.</param>
internal sealed record LimitHit(LimitKind Kind, DateTimeOffset? ResetsAt, string Message);
