using Coop.ForkKeeping;

namespace Coop.Forks;

/// <summary>One line of <c>coop fork ls</c>.</summary>
/// <param name="Tip">The last commit; null when there is none.</param>
/// <param name="Doing">What runs in it; null when nothing does.</param>
internal sealed record ListedFork(ForkRecord Record, ForkState State, string? Tip, string? Doing)
{
    public string Word => State.ToString().ToLowerInvariant();
}
