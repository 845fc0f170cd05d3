namespace Coop.Init;

/// <summary>What an entry of the scaffold is.</summary>
internal enum EntryKind
{
    File,

    /// <summary>A file that is executable.</summary>
    Program,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>Lines that a file of the user's holds somewhere; they are appended when they are missing.</summary>
    Block,
}
