using Coop.Storage;

namespace Coop.Boxes;

/// <summary>A changed file that the host would run by itself.</summary>
/// <param name="Path">Relative to the root of the tree.</param>
/// <param name="Danger">From 1, what runs without a further step of the user's, to 4, what runs when a usual command is typed.</param>
/// <param name="When">When the host runs it: «when git commits», «when the folder is opened».</param>
internal sealed record HostTrigger(BytePath Path, int Danger, string When);
