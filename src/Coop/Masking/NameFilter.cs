namespace Coop.Masking;

/// <summary>Dismisses most names that are not in a set by first byte and length, before anything is hashed.</summary>
internal sealed class NameFilter
{
    private const int LongestTold = 63;

    private readonly ulong[] lengths = new ulong[256];

    public void Add(ReadOnlySpan<byte> name) => lengths[name.IsEmpty ? 0 : name[0]] |= Bit(name);

    /// <summary>Never false for a name that was added.</summary>
    public bool MayHold(ReadOnlySpan<byte> name) => (lengths[name.IsEmpty ? 0 : name[0]] & Bit(name)) != 0;

    private static ulong Bit(ReadOnlySpan<byte> name) => 1UL << Math.Min(name.Length, LongestTold);
}
