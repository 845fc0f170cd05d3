namespace Coop.Init;

/// <summary>What stands where an entry of the scaffold belongs.</summary>
internal abstract record FoundThing
{
    private FoundThing() { }

    public sealed record Nothing : FoundThing;

    /// <param name="Content">Whole.</param>
    /// <param name="Mode">Its permissions.</param>
    public sealed record RegularFile(ReadOnlyMemory<byte> Content, uint Mode) : FoundThing;

    /// <param name="Text">The link's own, fit to be printed.</param>
    public sealed record Link(string Text) : FoundThing;

    /// <param name="Kind">With its article: "a FIFO".</param>
    public sealed record Other(string Kind) : FoundThing;

    /// <summary>Something on the way is no directory.</summary>
    /// <param name="Path">Relative to the root, fit to be printed.</param>
    /// <param name="Kind">With its article.</param>
    public sealed record Behind(string Path, string Kind) : FoundThing;
}
