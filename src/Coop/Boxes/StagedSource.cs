using Coop.Storage;

namespace Coop.Boxes;

/// <summary>A host path that root prepares for the box at another place, because its owners must be shown differently there.</summary>
/// <param name="At">Where it is prepared; below the run's staging directory.</param>
/// <param name="ShowsOwner">The owner on disk must appear as the box's host user: an id-mapped bind where these differ.</param>
internal sealed record StagedSource(BytePath Source, BytePath At, bool ShowsOwner);
