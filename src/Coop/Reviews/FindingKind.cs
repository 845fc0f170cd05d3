namespace Coop.Reviews;

/// <summary>What a reviewer is told. The first ones refuse a merge.</summary>
internal enum FindingKind
{
    /// <summary>A file that a box may not see.</summary>
    HiddenName,

    /// <summary>A provider's token in a file or a message.</summary>
    Token,

    /// <summary>A file of more than 5 MiB: it stays in the history for ever.</summary>
    LargeFile,

    /// <summary>A symbolic link that leads out of the tree, or into git's own directory.</summary>
    LinkOutside,

    /// <summary>A submodule or the file that says where submodules come from.</summary>
    Submodule,

    /// <summary>A file that the user's machine runs by itself.</summary>
    HostTrigger,

    /// <summary>A test that is gone.</summary>
    TestRemoved,

    /// <summary>A test that checks less than before, or is skipped.</summary>
    TestWeakened,

    /// <summary>Something that the gate runs or reads.</summary>
    GateChanged,

    /// <summary>A file became executable, or its kind changed.</summary>
    ModeChanged,
}
