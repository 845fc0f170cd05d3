namespace Coop.Detectors;

/// <summary>
/// Reads the notation of shapes, a small part of what regular expressions write: letters stand for themselves, <c>[…]</c> is a set, <c>{n}</c>, <c>{n,m}</c>
/// and <c>?</c> repeat a set, <c>(…|…)</c> is a choice that <c>?</c> may follow. Sets by letter: <c>\a</c> letters and digits, <c>\u</c> base64url,
/// <c>\b</c> base64, <c>\h</c> lower hexadecimal, <c>\H</c> hexadecimal, <c>\d</c> digits, <c>\l</c> lower letters and digits, <c>\U</c> upper letters and digits;
/// <c>\g</c> is a GUID; any other character behind a backslash stands for itself. There is no unbounded repetition.
/// </summary>
internal ref struct ShapeParser(string notation)
{
    private static readonly ByteSet Alphanumeric = new(('0', '9'), ('A', 'Z'), ('a', 'z'));
    private static readonly ByteSet Base64Url = new(('0', '9'), ('A', 'Z'), ('a', 'z'), ('-', '-'), ('_', '_'));
    private static readonly ByteSet Base64 = new(('0', '9'), ('A', 'Z'), ('a', 'z'), ('+', '+'), ('/', '/'));
    private static readonly ByteSet LowerHexadecimal = new(('0', '9'), ('a', 'f'));
    private static readonly ByteSet Hexadecimal = new(('0', '9'), ('A', 'F'), ('a', 'f'));
    private static readonly ByteSet Digits = new(('0', '9'));
    private static readonly ByteSet LowerAlphanumeric = new(('0', '9'), ('a', 'z'));
    private static readonly ByteSet UpperAlphanumeric = new(('0', '9'), ('A', 'Z'));

    private readonly ReadOnlySpan<char> text = notation;
    private int at;

    /// <summary>The alternatives of the whole notation.</summary>
    /// <exception cref="FormatException">The notation is wrong: a mistake in the table of detectors.</exception>
    public static IReadOnlyList<ShapePart[]> Parse(string notation)
    {
        ShapeParser parser = new(notation);
        var choices = parser.Choices();
        return parser.at == notation.Length ? choices : throw new FormatException($"'{notation}' ends too soon.");
    }

    private List<ShapePart[]> Choices()
    {
        List<ShapePart[]> choices = [];
        List<ShapePart> parts = [];
        for (; at < text.Length && text[at] != ')'; )
        {
            if (text[at] == '|')
            {
                at++;
                choices.Add([.. parts]);
                parts.Clear();
            }
            else
            {
                AddPart(parts);
            }
        }

        choices.Add([.. parts]);
        return choices;
    }

    private void AddPart(List<ShapePart> parts)
    {
        var letter = text[at++];
        if (letter == '(')
        {
            var choices = Choices();
            at++;
            var (least, most) = Repetition();
            parts.Add(new ShapePart(null, least, Math.Min(most, 1), choices));
            return;
        }

        if (letter == '\\' && text[at] == 'g')
        {
            at++;
            int[] lengths = [8, 4, 4, 4, 12];
            for (var group = 0; group < lengths.Length; group++)
            {
                if (group > 0)
                {
                    parts.Add(new ShapePart(Single('-'), 1, 1, []));
                }

                parts.Add(new ShapePart(LowerHexadecimal, lengths[group], lengths[group], []));
            }

            return;
        }

        var set = letter switch
        {
            '\\' => Named(text[at++]),
            '[' => Bracket(),
            _ => Single(letter),
        };
        var times = Repetition();
        parts.Add(new ShapePart(set, times.Least, times.Most, []));
    }

    private (int Least, int Most) Repetition()
    {
        if (at >= text.Length || text[at] is not ('{' or '?'))
        {
            return (1, 1);
        }

        if (text[at++] == '?')
        {
            return (0, 1);
        }

        var close = at + text[at..].IndexOf('}');
        var inside = text[at..close];
        at = close + 1;
        var comma = inside.IndexOf(',');
        return comma < 0 ? (Number(inside), Number(inside)) : (Number(inside[..comma]), Number(inside[(comma + 1)..]));
    }

    private static int Number(ReadOnlySpan<char> digits) =>
        int.Parse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);

    private ByteSet Bracket()
    {
        List<(char, char)> ranges = [];
        while (text[at] != ']')
        {
            var first = text[at] == '\\' ? text[++at] : text[at];
            at++;
            if (text[at] == '-' && text[at + 1] != ']')
            {
                ranges.Add((first, text[at + 1]));
                at += 2;
            }
            else
            {
                ranges.Add((first, first));
            }
        }

        at++;
        return new ByteSet([.. ranges]);
    }

    private static ByteSet Single(char letter) => new((letter, letter));

    private static ByteSet Named(char letter) =>
        letter switch
        {
            'a' => Alphanumeric,
            'u' => Base64Url,
            'b' => Base64,
            'h' => LowerHexadecimal,
            'H' => Hexadecimal,
            'd' => Digits,
            'l' => LowerAlphanumeric,
            'U' => UpperAlphanumeric,
            _ => Single(letter),
        };
}
