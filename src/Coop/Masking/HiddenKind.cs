namespace Coop.Masking;

/// <summary>What kind of thing is hidden.</summary>
internal enum HiddenKind
{
    File,

    /// <summary>Replaced whole; nothing in it is listed by itself.</summary>
    Directory,

    /// <summary>A symbolic link: it cannot be covered itself, its target in the tree is listed besides.</summary>
    Link,

    /// <summary>A FIFO, a socket or a device.</summary>
    Special,
}
