using System.Text;
using Coop.Native;

namespace Coop.Formats;

/// <summary>Splits a command-valued setting as a POSIX shell splits words; no shell runs and nothing is expanded.</summary>
internal static class ShellWords
{
    /// <summary>The words; null when a quote is not closed or the text ends in a backslash.</summary>
    public static IReadOnlyList<string>? Split(string text)
    {
        List<string> words = [];
        StringBuilder? word = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case ' ' or '\t' or '\n':
                    if (word is not null)
                    {
                        words.Add(word.ToString());
                        word = null;
                    }

                    break;
                case '\'':
                    var close = text.IndexOf('\'', i + 1);
                    if (close < 0)
                    {
                        return null;
                    }

                    (word ??= new()).Append(text, i + 1, close - i - 1);
                    i = close;
                    break;
                case '"':
                    word ??= new();
                    i = DoubleQuoted(text, i + 1, word);
                    if (i < 0)
                    {
                        return null;
                    }

                    break;
                case '\\':
                    if (++i == text.Length)
                    {
                        return null;
                    }

                    // A line that goes on.
                    if (text[i] != '\n')
                    {
                        (word ??= new()).Append(text[i]);
                    }

                    break;
                default:
                    (word ??= new()).Append(c);
                    break;
            }
        }

        if (word is not null)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    // In double quotes a backslash escapes only these (POSIX, 2.2.3). The index of the closing quote, or -1.
    private static int DoubleQuoted(string text, int from, StringBuilder word)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i;
            }

            if (text[i] == '\\' && i + 1 < text.Length && IsEscapable(text[i + 1]))
            {
                i++;
                if (text[i] == '\n')
                {
                    continue;
                }
            }

            word.Append(text[i]);
        }

        return -1;
    }

    private static bool IsEscapable(char c) => c is '$' or '`' or '"' or '\\' or '\n';

    /// <summary>The word as a shell would read it back: bare when it is plain, else in single quotes.</summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:,@%+".Contains(c)))
        {
            return word;
        }

        // Control characters would not survive a line of output; the $'…' form of bash, zsh and ksh carries them.
        if (word.Any(char.IsControl))
        {
            return "$'" + string.Concat(word.Select(Escaped)) + "'";
        }

        return "'" + word.Replace("'", "'\\''") + "'";
    }

    /// <summary>As <see cref="Quote(string)"/>, for bytes that may be no UTF-8.</summary>
    public static string Quote(CString word) =>
        word.IsUtf8
            ? Quote(word.ToString())
            : "$'"
                + string.Concat(
                    word.Bytes.ToArray().Select(one => one is > 0x20 and < 0x7f ? Escaped((char)one) : $"\\x{one:x2}")
                )
                + "'";

    private static string Escaped(char c) =>
        c switch
        {
            '\'' => "\\'",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\t' => "\\t",
            _ when char.IsControl(c) => string.Concat(Encoding.UTF8.GetBytes([c]).Select(one => $"\\x{one:x2}")),
            _ => c.ToString(),
        };
}
