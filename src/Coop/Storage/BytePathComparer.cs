namespace Coop.Storage;

/// <summary>Compares paths byte by byte, and lets sets and dictionaries be asked with a span, so that no path is made for a question.</summary>
internal sealed class BytePathComparer : IEqualityComparer<BytePath>, IAlternateEqualityComparer<ReadOnlySpan<byte>, BytePath>
{
    public static BytePathComparer Instance { get; } = new();

    public bool Equals(BytePath? x, BytePath? y) => x is null ? y is null : x.Equals(y);

    public bool Equals(ReadOnlySpan<byte> alternate, BytePath other) => alternate.SequenceEqual(other.Bytes);

    public int GetHashCode(BytePath obj) => GetHashCode(obj.Bytes);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = new HashCode();
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public BytePath Create(ReadOnlySpan<byte> alternate) => BytePath.From(alternate);
}
