namespace Coop.LiveBoxes;

/// <summary>The descriptors of this process that become the box's standard streams.</summary>
internal readonly record struct BoxStreams(int Input, int Output, int Error)
{
    /// <summary>Coop's own, whatever they lead to.</summary>
    public static BoxStreams Own { get; } = new(0, 1, 2);
}
