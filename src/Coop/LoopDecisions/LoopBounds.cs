namespace Coop.LoopDecisions;

/// <summary>What the user allows a run; null is no bound.</summary>
/// <param name="MostTasks">Tasks that are brought to an end.</param>
/// <param name="MostCost">US dollars.</param>
/// <param name="MostTokens">Input and output of all agents.</param>
/// <param name="Until">By the wall clock.</param>
internal sealed record LoopBounds(int? MostTasks, decimal? MostCost, long? MostTokens, DateTimeOffset? Until)
{
    public static LoopBounds None { get; } = new(null, null, null, null);
}
