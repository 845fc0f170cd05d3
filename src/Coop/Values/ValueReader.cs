namespace Coop.Values;

/// <summary>Reads values where they begin: in quotes of all kinds, bare up to a blank, between tags.</summary>
internal readonly ref struct ValueReader(ReadOnlySpan<byte> text)
{
    private const int LongestValue = 1024;

    private readonly ReadOnlySpan<byte> text = text;

    public int Peek(int at) => at >= 0 && at < text.Length ? text[at] : 0;

    public int SkipBlanks(int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    public int SkipBlanksAndLine(int at)
    {
        at = SkipBlanks(at);
        if (Peek(at) == '\\' && Peek(at + 1) is '\n' or '\r')
        {
            at++;
        }

        if (Peek(at) == '\r')
        {
            at++;
        }

        return Peek(at) == '\n' ? SkipBlanks(at + 1) : at;
    }

    /// <summary>A value in quotes, behind what may stand before them: a prefix letter, a cast, a constructor, a bracket.</summary>
    public bool TryReadQuoted(int at, out NamedValue value)
    {
        value = default;
        if (!TryFindQuote(ref at))
        {
            return false;
        }

        var isEscaped = text[at] == '\\';
        var quote = text[isEscaped ? at + 1 : at];
        var start = at + (isEscaped ? 2 : 1);

        // Three quotes, or one kind in the other: 'the "value"'.
        while (
            Peek(start) is var inner
            && inner is '"' or '\''
            && (inner == quote || Peek(start + 1) is not ('"' or '\''))
            && start - at < 4
        )
        {
            if (inner == quote && Peek(start + 1) != quote)
            {
                return false;
            }

            quote = (byte)inner;
            start++;
        }

        var end = start;
        for (var most = Math.Min(text.Length, start + LongestValue); end < most; end++)
        {
            var next = text[end];
            if (next == quote && !isEscaped || isEscaped && next == '\\' && Peek(end + 1) == quote)
            {
                break;
            }

            if (next is (byte)'\n' or (byte)'\r')
            {
                return false;
            }

            if (next == '\\' && !isEscaped && Peek(end + 1) is '"' or '\'' or '\\')
            {
                end++;
            }
        }

        value = new NamedValue(start, Math.Min(end, text.Length), true, false);
        return end < text.Length && end - start is > 0 and < LongestValue;
    }

    private bool TryFindQuote(ref int at)
    {
        const int LongestPrefix = 48;
        var end = Math.Min(text.Length, at + LongestPrefix);
        for (var look = at; look < end; look++)
        {
            var letter = (char)text[look];
            if (letter is '"' or '\'' or '`')
            {
                var isEscaped = look > at && text[look - 1] == '\\';
                var prefix = text[at..(isEscaped ? look - 1 : look)];
                at = isEscaped ? look - 1 : look;
                return IsPrefix(prefix);
            }

            if (
                !char.IsAsciiLetterOrDigit(letter)
                && letter
                    is not (
                        '.'
                        or '_'
                        or ':'
                        or '('
                        or '['
                        or '@'
                        or '$'
                        or '&'
                        or '*'
                        or ' '
                        or '\\'
                        or '{'
                        or '<'
                        or '>'
                        or '!'
                        or '-'
                    )
            )
            {
                return false;
            }
        }

        return false;
    }

    // A letter or two as in b'', a bracket, or a call that makes a value of the text; not one that looks the text up.
    private static bool IsPrefix(ReadOnlySpan<byte> prefix)
    {
        const int LongestLiteralPrefix = 3;
        prefix = prefix.Trim((byte)' ');
        if (prefix.Length <= LongestLiteralPrefix)
        {
            return true;
        }

        if (prefix.StartsWith("ConvertTo-SecureString"u8) || prefix.StartsWith("!!"u8))
        {
            return true;
        }

        return prefix[^1] is (byte)'(' or (byte)'[' or (byte)'{' or (byte)'>' && !LooksUp(prefix);
    }

    private static bool LooksUp(ReadOnlySpan<byte> call)
    {
        Span<byte> lower = stackalloc byte[call.Length];
        _ = System.Text.Ascii.ToLower(call, lower, out _);
        ReadOnlySpan<byte> word = lower;
        return word.IndexOf("get"u8) >= 0
            || word.IndexOf("env"u8) >= 0
            || word.IndexOf("read"u8) >= 0
            || word.IndexOf("load"u8) >= 0
            || word.IndexOf("find"u8) >= 0
            || word.IndexOf("prompt"u8) >= 0
            || word.IndexOf("param"u8) >= 0
            || word.IndexOf("format"u8) >= 0
            || word.IndexOf("fetch"u8) >= 0
            || word.IndexOf("config"u8) >= 0;
    }

    public bool TryReadBare(int at, bool isLoose, out NamedValue value)
    {
        var end = at;
        for (var most = Math.Min(text.Length, at + LongestValue); end < most && IsBare(text[end]) && !BeginsParameter(end); )
        {
            end++;
        }

        // A shell's default: ${NAME:-value}.
        var place = text[at..end];
        if (place.StartsWith("${"u8) && place.IndexOf(":-"u8) is > 0 and var minus && place[^1] == '}')
        {
            value = new NamedValue(at + minus + 2, end - 1, false, isLoose);
            return value.End > value.Start;
        }

        while (
            end > at && text[end - 1] is (byte)',' or (byte)';' or (byte)')' or (byte)'}' or (byte)']' or (byte)'|' or (byte)'\\'
        )
        {
            end--;
        }

        value = new NamedValue(at, end, false, isLoose);
        return end > at && end - at < LongestValue;
    }

    // In a query, `&name=` ends a value.
    private bool BeginsParameter(int at)
    {
        if (text[at] != '&')
        {
            return false;
        }

        var end = SkipWord(at + 1);
        return end > at + 1 && Peek(end) == '=';
    }

    private static bool IsBare(byte letter) =>
        letter is > 0x20 and not ((byte)'"' or (byte)'\'' or (byte)'<' or (byte)'>' or (byte)'`' or 0x7f or (byte)';');

    public bool TryReadElement(int at, out NamedValue value)
    {
        at = SkipBlanksAndLine(at);
        var rest = text[at..Math.Min(text.Length, at + LongestValue)];
        if (rest.StartsWith("<![CDATA["u8))
        {
            at += "<![CDATA["u8.Length;
            rest = text[at..Math.Min(text.Length, at + LongestValue)];
        }

        var end = rest.IndexOfAny("<\n\r]"u8);
        var inside = end < 0 ? [] : rest[..end].TrimEnd(" \t"u8);
        value = new NamedValue(at, at + inside.Length, true, false);
        return !inside.IsEmpty;
    }

    public int SkipWord(int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit((char)text[at]) || text[at] is (byte)'_' or (byte)'*' or (byte)'.'))
        {
            at++;
        }

        return at;
    }
}
