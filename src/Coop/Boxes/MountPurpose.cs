namespace Coop.Boxes;

/// <summary>Why a mount is there, for plans that people read.</summary>
internal enum MountPurpose
{
    Program,

    /// <summary>Directories above the repository, where the image's own could not be entered.</summary>
    Parents,
    Lifeline,
    Repository,
    GitDirectory,
    Home,

    /// <summary>The tools of <c>.tool-versions</c>.</summary>
    Tools,

    /// <summary>The agents' programs, for boxes without an image.</summary>
    Agents,
    Cache,
    Identity,

    /// <summary>Hides a file or directory that holds a secret.</summary>
    Hidden,

    /// <summary>Covers a socket, FIFO or device lying in the tree.</summary>
    Special,

    /// <summary>Keeps a <c>.coopignore</c> from being written.</summary>
    Rules,

    /// <summary>Keeps what git on the host would run from being written.</summary>
    GitControl,
}
