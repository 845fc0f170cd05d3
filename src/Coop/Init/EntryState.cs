namespace Coop.Init;

/// <summary>How an entry of the scaffold and what was found agree.</summary>
internal enum EntryState
{
    /// <summary>Nothing is there; it is written.</summary>
    Missing,

    /// <summary>A file is there to which the block is appended.</summary>
    Appended,

    /// <summary>The same, or the user's own by now.</summary>
    InPlace,

    /// <summary>Something else, which stays.</summary>
    Differs,
}
