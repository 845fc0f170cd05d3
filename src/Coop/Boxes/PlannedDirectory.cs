using Coop.Storage;

namespace Coop.Boxes;

/// <summary>A directory of Coop's state that must exist before the box starts.</summary>
/// <param name="Owner">Who it is given to when root makes it.</param>
internal sealed record PlannedDirectory(BytePath Path, UserAndGroup Owner);
