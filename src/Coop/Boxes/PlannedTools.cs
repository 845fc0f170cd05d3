using Coop.Storage;

namespace Coop.Boxes;

/// <summary>The tools of a repository and where its boxes keep them.</summary>
/// <param name="Directory">On the host, below Coop's cache; one for each repository and engine, since images differ.</param>
internal sealed record PlannedTools(ToolVersions Versions, BytePath Directory);
