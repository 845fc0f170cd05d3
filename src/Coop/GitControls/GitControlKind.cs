namespace Coop.GitControls;

/// <summary>How a box is kept from changing what git on the host would obey.</summary>
internal enum GitControlKind
{
    /// <summary>The file or directory itself, read-only.</summary>
    ReadOnly,

    /// <summary>A credential-free copy of a configuration, read-only.</summary>
    Copy,

    /// <summary>An empty file, read-only: its values stand in the copy of the main configuration.</summary>
    Blank,
}
