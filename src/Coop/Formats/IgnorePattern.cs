using System.Globalization;
using System.Numerics;
using System.Text;
using Coop.Errors;

namespace Coop.Formats;

/// <summary>
/// One line of an ignore file, compiled, in the language of gitignore without <c>!</c>, in any case: <c>*</c>, <c>?</c>,
/// <c>[…]</c>, <c>**</c>, a <c>\</c> before a character that is meant, a slash at the end for directories only. Without another slash it
/// names a file at any depth; with one it is a path from the directory of its file. What gitignore would silently never match
/// is an error here, since a line that matches nothing hides nothing.
/// </summary>
/// <remarks>
/// A path pattern is followed down the tree one name at a time. Its state is the set of places in the pattern that the
/// names so far can have led to, one bit each: so one name costs at most one look at each segment, however deep the tree.
/// </remarks>
internal sealed class IgnorePattern
{
    // One bit each, and one for "all matched".
    private const int MostSegments = 60;
    private const byte Slash = (byte)'/';

    // null stands for **.
    private readonly GlobSegment?[] segments;

    private IgnorePattern(byte[] line, GlobSegment?[] segments, bool directoriesOnly, bool isNameOnly)
    {
        Line = line;
        this.segments = segments;
        DirectoriesOnly = directoriesOnly;
        IsNameOnly = isNameOnly;
    }

    /// <summary>The line without the white space at its end.</summary>
    public byte[] Line { get; }

    /// <summary>The line for people.</summary>
    public string Text => Printable(Line);

    public bool DirectoriesOnly { get; }

    /// <summary>Matches by name alone, at any depth: ask <see cref="Name"/>; else follow the path from <see cref="Start"/>.</summary>
    public bool IsNameOnly { get; }

    /// <summary>What the last name of a path must match; null when it is <c>**</c>.</summary>
    public GlobSegment? Name => segments[^1];

    /// <summary>The state in the pattern's own directory.</summary>
    public ulong Start => Close(1);

    private ulong End => 1UL << segments.Length;

    /// <summary>Reads one line, without its line feed.</summary>
    /// <returns>null for a blank line or a comment.</returns>
    /// <exception cref="UserError">Not a pattern.</exception>
    public static IgnorePattern? Parse(ReadOnlySpan<byte> line, TextPlace place)
    {
        line = TrimEnd(line);
        if (line.IsEmpty || line[0] == (byte)'#')
        {
            return null;
        }

        if (line[0] == (byte)'!')
        {
            throw ConfigError.At(
                place,
                $"'{Printable(line)}' would show what is hidden, which a repository cannot do",
                "Remove the line; for an exception of your own: coop hidden allow <path>. A name that starts with '!' is written '\\!'."
            );
        }

        var problem = Problem(line);
        var body = line;
        var directoriesOnly = body[^1] == Slash;
        body = body.TrimEnd(Slash);
        var isPath = body.Contains(Slash);
        body = body.TrimStart(Slash);
        if (body.IsEmpty)
        {
            problem ??= "names nothing";
        }

        var names = problem is null ? ParseSegments(body, isPath || directoriesOnly, out problem) : [];
        if (problem is not null)
        {
            throw ConfigError.At(
                place,
                $"pattern '{Printable(line)}' {problem}",
                "Correct or remove the line; a '\\' before a character takes away its meaning."
            );
        }

        var isNameOnly = !isPath && names is [not null];
        if (names is [null, not null])
        {
            names = names[1..];
            isNameOnly = true;
        }

        return new IgnorePattern(line.ToArray(), names, directoriesOnly, isNameOnly);
    }

    /// <summary>The state behind one more name of the path, which is a directory then.</summary>
    /// <param name="name">In the form of <see cref="NameFold"/>.</param>
    /// <param name="isMatch">The path that ends with this name matches.</param>
    /// <returns>0 when nothing further down can match.</returns>
    public ulong Advance(ulong state, ReadOnlySpan<byte> name, out bool isMatch)
    {
        var steps = 0L;
        return Advance(state, name, out isMatch, ref steps);
    }

    /// <summary>As <see cref="Advance(ulong, ReadOnlySpan{byte}, out bool)"/>, and counts the steps that it takes.</summary>
    public ulong Advance(ulong state, ReadOnlySpan<byte> name, out bool isMatch, ref long steps)
    {
        var next = 0UL;
        while (state != 0)
        {
            steps++;
            var at = BitOperations.TrailingZeroCount(state);
            state &= state - 1;
            if (segments[at] is not { } segment)
            {
                next |= 1UL << at;
                next |= at == segments.Length - 1 ? End : 0;
            }
            else if (segment.Matches(name, ref steps))
            {
                next |= 1UL << (at + 1);
            }
        }

        isMatch = (next & End) != 0;
        return Close(next & ~End);
    }

    // A ** that is not the last may stand for no directory at all.
    private ulong Close(ulong state)
    {
        for (var at = 0; at < segments.Length - 1; at++)
        {
            if (segments[at] is null && (state & (1UL << at)) != 0)
            {
                state |= 1UL << (at + 1);
            }
        }

        return state;
    }

    private static GlobSegment?[] ParseSegments(ReadOnlySpan<byte> body, bool starsAreAnyDepth, out string? problem)
    {
        var names = new List<GlobSegment?>();
        problem = null;
        foreach (var range in body.Split(Slash))
        {
            var text = body[range];
            if (text.IsEmpty || (text is [(byte)'*', (byte)'*'] && starsAreAnyDepth && names is [.., null]))
            {
                continue;
            }

            if (text is [(byte)'.'] or [(byte)'.', (byte)'.'])
            {
                problem = "has '.' or '..' as a name";
            }
            else if (names.Count == MostSegments)
            {
                problem = $"has more than {MostSegments} names";
            }
            else if (text is [(byte)'*', (byte)'*'] && starsAreAnyDepth)
            {
                names.Add(null);
                continue;
            }
            else if (GlobSegment.Parse(text, out var wrong) is { } segment)
            {
                names.Add(segment);
                continue;
            }
            else
            {
                problem = wrong;
            }

            return [];
        }

        return [.. names];
    }

    private static string? Problem(ReadOnlySpan<byte> line)
    {
        foreach (var value in line)
        {
            if (value is (< 0x20 and not (byte)'\t') or 0x7f)
            {
                return "has a control character";
            }
        }

        return null;
    }

    // White space at the end goes, unless a backslash stands before it.
    private static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> line)
    {
        var trimmed = line.TrimEnd(" \t\r"u8);
        var backslashes = trimmed.Length - trimmed.TrimEnd((byte)'\\').Length;
        return trimmed.Length < line.Length && backslashes % 2 == 1 && line[trimmed.Length] is (byte)' ' or (byte)'\t'
            ? line[..(trimmed.Length + 1)]
            : trimmed;
    }

    private static string Printable(ReadOnlySpan<byte> line)
    {
        var text = new StringBuilder();
        foreach (var rune in Encoding.UTF8.GetString(line).EnumerateRunes())
        {
            var isOdd = Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;
            text.Append(isOdd ? $"\\u{rune.Value:x4}" : rune.ToString());
        }

        return text.ToString();
    }
}
