namespace Coop.Detectors;

/// <summary>
/// The form of a credential, matched in time linear in its greatest length and without going back: while parts have one length there is one
/// position; from the first part of several lengths on, the set of all positions that can be reached is carried along.
/// </summary>
internal sealed class Shape
{
    private const int None = -1;

    private readonly IReadOnlyList<ShapePart[]> choices;

    private Shape(IReadOnlyList<ShapePart[]> choices) => this.choices = choices;

    public static Shape Parse(string notation) => new(ShapeParser.Parse(notation));

    /// <summary>The end of the longest match from a place on, behind which the credential does not go on; -1 when there is none.</summary>
    public int Match(ReadOnlySpan<byte> text, int start)
    {
        var longest = None;
        foreach (var parts in choices)
        {
            longest = Math.Max(longest, Match(text, parts, start));
        }

        return longest;
    }

    public bool CanBeginWith(byte value) => choices.Any(parts => parts[0].Set?.Contains(value) == true);

    /// <summary>True when the whole text has this form.</summary>
    public bool MatchesAll(ReadOnlySpan<byte> text) => Match(text, 0) == text.Length;

    /// <summary>True where a name or a number would go on: no credential ends before such a byte.</summary>
    public static bool GoesOn(ReadOnlySpan<byte> text, int at) =>
        at < text.Length && (char.IsAsciiLetterOrDigit((char)text[at]) || text[at] == '_');

    private static int Match(ReadOnlySpan<byte> text, ShapePart[] parts, int start)
    {
        var at = start;
        for (var index = 0; index < parts.Length; index++)
        {
            var part = parts[index];
            if (part.Set is not { } set)
            {
                return Longest(text, parts, Reach(text, parts.AsSpan(index), [at]));
            }

            var run = set.RunLength(text, at, part.Most + 1);
            if (run < part.Least)
            {
                return None;
            }

            var isLast = index == parts.Length - 1;
            if (isLast)
            {
                return run > part.Most || GoesOn(text, at + run) ? None : at + run;
            }

            if (part.Least != part.Most)
            {
                return Longest(text, parts, Reach(text, parts.AsSpan(index), [at]));
            }

            at += part.Most;
        }

        return None;
    }

    // Where the last part is a set, it must not go on either: a longer run is another thing.
    private static int Longest(ReadOnlySpan<byte> text, ShapePart[] parts, List<int> ends)
    {
        var last = parts[^1].Set;
        for (var index = ends.Count - 1; index >= 0; index--)
        {
            var end = ends[index];
            if (!GoesOn(text, end) && (last is null || end >= text.Length || !last.Contains(text[end])))
            {
                return end;
            }
        }

        return None;
    }

    /// <param name="positions">Ascending, each once; so is the answer.</param>
    private static List<int> Reach(ReadOnlySpan<byte> text, ReadOnlySpan<ShapePart> parts, List<int> positions)
    {
        foreach (var part in parts)
        {
            positions = part.Set is { } set ? ReachBySet(text, part, set, positions) : ReachByChoice(text, part, positions);
            if (positions.Count == 0)
            {
                break;
            }
        }

        return positions;
    }

    private static List<int> ReachBySet(ReadOnlySpan<byte> text, ShapePart part, ByteSet set, List<int> positions)
    {
        List<int> reached = [];
        var runEnd = 0;
        foreach (var position in positions)
        {
            // A run that was measured from an earlier position on covers this one too, as far as it was measured.
            var needed = (int)Math.Min(text.Length, (long)position + part.Most);
            var from = Math.Max(position, runEnd);
            if (from < needed)
            {
                runEnd = from + set.RunLength(text, from, needed - from);
            }

            var first = position + part.Least;
            var last = Math.Min(runEnd, position + part.Most);
            if (runEnd < first)
            {
                continue;
            }

            for (var at = reached.Count > 0 ? Math.Max(first, reached[^1] + 1) : first; at <= last; at++)
            {
                reached.Add(at);
            }
        }

        return reached;
    }

    private static List<int> ReachByChoice(ReadOnlySpan<byte> text, ShapePart part, List<int> positions)
    {
        SortedSet<int> reached = [];
        if (part.Least == 0)
        {
            reached.UnionWith(positions);
        }

        foreach (var choice in part.Choices)
        {
            reached.UnionWith(Reach(text, choice, positions));
        }

        return [.. reached];
    }
}
