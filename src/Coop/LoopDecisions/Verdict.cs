namespace Coop.LoopDecisions;

/// <summary>What an auditor says of one task.</summary>
/// <param name="Task">Its place in the queue, from 0.</param>
/// <param name="Reason">Why, clean; on one line.</param>
internal sealed record Verdict(int Task, bool Holds, string Reason);
