namespace Coop.Formats;

/// <summary>One part of a <see cref="GlobSegment"/>.</summary>
/// <param name="text">Folded; empty but for a literal.</param>
/// <param name="set">For a class only.</param>
internal sealed class GlobPart(GlobPartKind kind, byte[] text, CharacterClass? set)
{
    public GlobPartKind Kind => kind;

    public byte[] Text => text;

    /// <summary>The fewest bytes that it can match.</summary>
    public int Shortest =>
        kind switch
        {
            GlobPartKind.Literal => text.Length,
            GlobPartKind.Star => 0,
            _ => 1,
        };

    /// <summary>Matches the start of a text; a star matches nothing here.</summary>
    /// <param name="used">The bytes that it takes.</param>
    public bool TryMatch(ReadOnlySpan<byte> rest, out int used)
    {
        used = text.Length;
        if (kind == GlobPartKind.Literal)
        {
            return rest.StartsWith(text);
        }

        if (rest.IsEmpty || kind == GlobPartKind.Star)
        {
            return false;
        }

        var character = CharacterClass.Decode(rest, out used);
        return set is null || set.Matches(character);
    }
}
