using Coop.Storage;

namespace Coop.Init;

/// <summary>A file or link that <c>coop init</c> wants in a tree.</summary>
/// <param name="Path">Relative to the root of the tree.</param>
/// <param name="Content">The text of the file, of the link, or of the block of lines.</param>
internal sealed record ScaffoldEntry(BytePath Path, EntryKind Kind, string Content)
{
    /// <summary>A file belongs to the user from its first line on: whatever is there is right, if it holds these words.</summary>
    public IReadOnlyList<string>? OwnersWords { get; init; }
}
