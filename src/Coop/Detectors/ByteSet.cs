namespace Coop.Detectors;

/// <summary>A set of byte values.</summary>
internal sealed class ByteSet
{
    private readonly bool[] members = new bool[256];

    /// <param name="ranges">Pairs of first and last member.</param>
    public ByteSet(params ReadOnlySpan<(char First, char Last)> ranges)
    {
        foreach (var (first, last) in ranges)
        {
            members.AsSpan(first, last - first + 1).Fill(true);
        }
    }

    public bool Contains(byte value) => members[value];

    /// <summary>How many members stand in a row from a place on, at most <paramref name="most"/>.</summary>
    public int RunLength(ReadOnlySpan<byte> text, int start, int most)
    {
        var end = (int)Math.Min(text.Length, (long)start + most);
        var at = start;
        while (at < end && members[text[at]])
        {
            at++;
        }

        return at - start;
    }
}
