using Coop.Agents;
using Coop.ForkKeeping;
using Coop.Loops;

namespace Coop.ForkLoops;

/// <summary>What the user asks for.</summary>
/// <param name="Name">The fork's.</param>
/// <param name="Targets">As they were typed; empty leaves it to the fork.</param>
/// <param name="TasksFile">As it was typed; null goes on with the queue that is there.</param>
/// <param name="Bounds">Completes the loop's options with the targets that are chosen.</param>
internal sealed record ForkLoopRequest(
    string Name,
    IReadOnlyList<string> Targets,
    string? TasksFile,
    ForkEntryOptions Entry,
    Func<IReadOnlyList<AgentTarget>, LoopOptions> Bounds
)
{
    public bool IsDetached { get; init; }

    /// <summary>Only say what would be worked.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>Where a Coop in the background says that it is under way; null in the foreground.</summary>
    public int? ReadyDescriptor { get; init; }
}
