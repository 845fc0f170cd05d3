namespace Coop.Boxes;

/// <summary>What was found when a box had ended.</summary>
/// <param name="Moved">What git on the host would have obeyed, and where it is now.</param>
/// <param name="Noticed">Sentences about what changed and was left in place.</param>
/// <param name="Triggers">Files that changed and that the host would run by itself, most dangerous first; relative to the root.</param>
internal sealed record GuardReport(
    IReadOnlyList<MovedFile> Moved,
    IReadOnlyList<string> Noticed,
    IReadOnlyList<HostTrigger> Triggers
)
{
    public static GuardReport Nothing { get; } = new([], [], []);
}
