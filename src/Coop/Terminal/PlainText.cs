using System.Buffers;
using System.Globalization;
using System.Text;

namespace Coop.Terminal;

/// <summary>Makes text from outside safe to print: no control sequence survives, so nothing can move the cursor, set a title or reach a clipboard.</summary>
internal static class PlainText
{
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';

    // What nearly every text is made of alone: such a one is found clean without a look at each character.
    private static readonly SearchValues<char> Harmless = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code),
        '\n',
        '\t',
    ]);

    /// <summary>
    /// The text without escape sequences (ECMA-48: CSI, and the string sequences OSC, DCS, APC, PM, SOS), C0 and C1 controls and
    /// direction marks. Tabs and newlines stay.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Harmless))
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == Escape)
            {
                i = EndOfSequence(text, i);
            }
            else if (Rune.TryGetRuneAt(text, i, out var rune) && !rune.IsBmp)
            {
                i++;
                if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
                {
                    clean.Append(rune.ToString());
                }
            }
            else if (c == '\n' || c == '\t' || !IsInvisible(c))
            {
                clean.Append(c);
            }
        }

        return clean.ToString();
    }

    /// <summary>The same on one line: newlines and tabs become blanks.</summary>
    public static string CleanLine(string text) =>
        text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? Clean(text).Replace('\n', ' ').Replace('\t', ' ') : text;

    private static bool IsInvisible(char c) =>
        char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

    // The index of the sequence's last character; an unfinished one reaches to the end.
    private static int EndOfSequence(string text, int escape)
    {
        if (escape + 1 >= text.Length)
        {
            return escape;
        }

        return text[escape + 1] switch
        {
            '[' => EndOfControl(text, escape + 2),
            ']' or 'P' or '_' or '^' or 'X' => EndOfString(text, escape + 2),
            >= ' ' and <= '/' => EndOfShort(text, escape + 2),

            // A control behind an escape stands for itself.
            < ' ' => escape,
            _ => escape + 1,
        };
    }

    private static int EndOfShort(string text, int from)
    {
        var i = from;
        while (i < text.Length && text[i] is >= ' ' and <= '/')
        {
            i++;
        }

        return i < text.Length && text[i] is >= '0' and <= '~' ? i : i - 1;
    }

    private static int EndOfControl(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] is >= '@' and <= '~')
            {
                return i;
            }

            if (text[i] is < ' ' or > '?')
            {
                return i - 1;
            }
        }

        return text.Length - 1;
    }

    private static int EndOfString(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == Bell)
            {
                return i;
            }

            if (text[i] == Escape && i + 1 < text.Length && text[i + 1] == '\\')
            {
                return i + 1;
            }

            // A string that never ends must not swallow the rest of the text.
            if (text[i] == '\n')
            {
                return i - 1;
            }
        }

        return text.Length - 1;
    }
}
