using Coop.Storage;

namespace Coop.Masking;

/// <summary>A path that a box must not show, and why.</summary>
/// <param name="Path">Relative to the root of the tree.</param>
internal sealed record HiddenPath(BytePath Path, HiddenKind Kind, HiddenReason Reason);
