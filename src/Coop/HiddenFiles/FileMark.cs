namespace Coop.HiddenFiles;

/// <summary>What is decided about a file or directory of a tree.</summary>
internal enum FileMark : byte
{
    Visible,

    /// <summary>Itself or a directory above it.</summary>
    Hidden,

    /// <summary>The user's exception; no other name of it hides it.</summary>
    Allowed,
}
