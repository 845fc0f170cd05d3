using Coop.Loops;

namespace Coop.ForkLoops;

/// <summary>A request of which everything was checked that can be checked before anything is made.</summary>
/// <param name="Seed">What the fork's queue is copied from; null goes on with the queue that is there.</param>
internal sealed record ForkLoopPlan(ForkLoopRequest Request, QueueSeed? Seed, LoopOptions Options)
{
    public string Name => Request.Name;

    public string Targets => string.Join(' ', Options.Targets);

    /// <summary>What the user types to see what the loop did.</summary>
    public static string ReportCommand(string name) => $"coop fork {name} --loop --report";
}
