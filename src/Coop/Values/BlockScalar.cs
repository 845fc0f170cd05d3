using System.Buffers;

namespace Coop.Values;

/// <summary>Reads a block scalar of YAML (yaml.org/spec/1.2.2, 8.1) that has one line: <c>name: >-</c> and the value below it.</summary>
internal static class BlockScalar
{
    private static readonly SearchValues<byte> HeaderBytes = SearchValues.Create("+-123456789"u8);

    private const int LongestHeader = 4;
    private const int LongestLine = 512;

    /// <param name="at">Behind the colon and the blanks.</param>
    /// <param name="line">The value, without the blanks around it.</param>
    public static bool TryFindLine(ReadOnlySpan<byte> text, int at, out (int Start, int End) line)
    {
        line = default;
        if (at >= text.Length || text[at] is not ((byte)'>' or (byte)'|'))
        {
            return false;
        }

        var headerEnd = text[at..Math.Min(text.Length, at + LongestHeader)].IndexOf((byte)'\n');
        if (headerEnd < 1 || text.Slice(at + 1, headerEnd - 1).TrimEnd((byte)'\r').ContainsAnyExcept(HeaderBytes))
        {
            return false;
        }

        var lineStart = at + headerEnd + 1;
        var rest = text[lineStart..Math.Min(text.Length, lineStart + LongestLine)];
        var indent = rest.IndexOfAnyExcept((byte)' ');
        var length = rest.IndexOf((byte)'\n') is >= 0 and var found ? found : rest.Length;
        if (indent < 1 || indent >= length)
        {
            return false;
        }

        // A second line as deep: a text or a script, no value.
        var below = length < rest.Length ? rest[(length + 1)..] : [];
        var depth = below.IndexOfAnyExcept((byte)' ');
        if (depth >= indent && below[depth] is not ((byte)'\n' or (byte)'\r'))
        {
            return false;
        }

        line = (lineStart + indent, lineStart + rest[..length].TrimEnd(" \t\r"u8).Length);
        return true;
    }
}
