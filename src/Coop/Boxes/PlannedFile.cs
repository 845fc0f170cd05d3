using Coop.Storage;

namespace Coop.Boxes;

/// <summary>A small file Coop keeps for boxes in its own state. Its name holds a digest of its content, so runs share it and never change it.</summary>
internal sealed record PlannedFile(BytePath Path, string Content);
