using Coop.Storage;

namespace Coop.Boxes;

/// <summary>A directory that must exist before the box starts: of Coop's state, or a standard one of git's that is missing.</summary>
/// <param name="Owner">Who it is given to when root makes it.</param>
/// <param name="IsOpen">Others may look into it, as git makes its directories; Coop's own are the user's alone.</param>
internal sealed record PlannedDirectory(BytePath Path, UserAndGroup Owner, bool IsOpen = false);
