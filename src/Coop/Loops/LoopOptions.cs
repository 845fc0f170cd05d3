using Coop.Agents;

namespace Coop.Loops;

/// <summary>What the user asks of a loop.</summary>
/// <param name="Targets">In the order they are tried; never empty.</param>
internal sealed record LoopOptions(
    IReadOnlyList<AgentTarget> Targets,
    int? MostTasks,
    decimal? MostCost,
    long? MostTokens,
    TimeSpan? MostTime
)
{
    /// <summary>A task that failed opens a shell, and the user decides.</summary>
    public bool DebugsOnFailure { get; init; }
}
