namespace Coop.Scanning;

/// <summary>
/// Reads the value that belongs to a name, in whatever people write names and values: assignments of programming and configuration languages, JSON, YAML, XML
/// elements and attributes, calls, command lines, tables and sentences. It knows no language: it looks at what stands between the two.
/// </summary>
internal readonly ref struct NamedValueReader(ReadOnlySpan<byte> text)
{
    private const int LongestValue = 1024;
    private const int LongestType = 60;

    private readonly ReadOnlySpan<byte> text = text;

    /// <param name="nameStart">Where the name begins.</param>
    /// <param name="nameEnd">Behind its last byte.</param>
    public bool TryRead(int nameStart, int nameEnd, out NamedValue value)
    {
        value = default;
        var at = SkipClosing(nameEnd, out var isQuotedName);
        at = SkipBlanks(at);
        if (at >= text.Length)
        {
            return false;
        }

        switch (text[at])
        {
            case (byte)'=':
            case (byte)':':
            case (byte)'|' when Peek(at + 1) == '|':
            case (byte)'?' when Peek(at + 1) is '?' or '=' or ':':
            case (byte)'-' when Peek(at + 1) is '>' or '=':
                return TryReadAssigned(at, out value);
            case (byte)',' when isQuotedName:
                return TryReadQuoted(SkipBlanks(at + 1), out value) || TryReadPartner(nameStart, at, out value);
            case (byte)'(' when !isQuotedName || at == nameEnd:
                return TryReadQuoted(SkipBlanks(at + 1), out value);
            case (byte)'>' when !isQuotedName && IsElement(nameStart):
                return TryReadElement(at + 1, out value);
            case (byte)'|':
                return TryReadCell(at + 1, out value);
            default:
                return TryReadPartner(nameStart, at, out value) || TryReadSpaced(nameStart, nameEnd, at, isQuotedName, out value);
        }
    }

    private int Peek(int at) => at >= 0 && at < text.Length ? text[at] : 0;

    private int SkipBlanks(int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    private int SkipBlanksAndLine(int at)
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

    // What may close a name: quotes, escaped or not, a bracket, emphasis.
    private int SkipClosing(int at, out bool isQuoted)
    {
        const int Most = 6;
        isQuoted = false;
        for (var end = Math.Min(text.Length, at + Most); at < end; at++)
        {
            switch (text[at])
            {
                case (byte)'"' or (byte)'\'' or (byte)'`':
                    isQuoted = true;
                    continue;
                case (byte)'\\' when Peek(at + 1) is '"' or '\'':
                case (byte)']' when isQuoted:
                case (byte)')' when isQuoted:
                case (byte)'*':
                case (byte)'?' when Peek(at + 1) == ':':
                case (byte)'!' when Peek(at + 1) is ':' or '=' && Peek(at + 2) != '=':
                    continue;
                default:
                    return at;
            }
        }

        return at;
    }

    private bool TryReadAssigned(int at, out NamedValue value)
    {
        value = default;
        var isColon = text[at] == ':';
        var signs = 0;
        while (
            at < text.Length
            && text[at] is (byte)'=' or (byte)':' or (byte)'>' or (byte)'|' or (byte)'?' or (byte)'-'
            && signs < 3
        )
        {
            // A comparison, or a name space.
            if (signs > 0 && (text[at] == ':' && text[at - 1] == ':' || text[at] == '=' && text[at - 1] == '='))
            {
                return false;
            }

            if (text[at] == '-' && signs > 0 && text[at - 1] != ':')
            {
                break;
            }

            signs++;
            at++;
        }

        at = SkipBlanks(at);
        if (isColon && TrySkipType(ref at))
        {
            at = SkipBlanks(at);
        }

        // JSON and long assignments may go on in the next line; YAML would open a map.
        var next = Peek(at) is '\n' or '\r' or '\\' && !isColon ? SkipBlanksAndLine(at) : at;
        return TryReadQuoted(next, out value) || (next == at && TryReadBare(at, false, out value));
    }

    // `name: type = "value"`, as in Python, TypeScript, Rust and Kotlin.
    private bool TrySkipType(ref int at)
    {
        var end = Math.Min(text.Length, at + LongestType);
        for (var look = at; look < end; look++)
        {
            var letter = (char)text[look];
            if (letter == '=' && look > at && Peek(look + 1) != '=' && Peek(look + 1) != '>')
            {
                if (Peek(SkipBlanks(look + 1)) is not ('"' or '\'' or '`'))
                {
                    return false;
                }

                at = look + 1;
                return true;
            }

            if (
                !char.IsAsciiLetterOrDigit(letter)
                && letter is not (' ' or '.' or '_' or '<' or '>' or '[' or ']' or '&' or '?' or '|' or '\'' or ',')
            )
            {
                return false;
            }
        }

        return false;
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

    private bool TryReadBare(int at, bool isLoose, out NamedValue value)
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

    private bool IsElement(int nameStart)
    {
        var before = nameStart - 1;
        while (
            before >= 0
            && (char.IsAsciiLetterOrDigit((char)text[before]) || text[before] is (byte)':' or (byte)'-' or (byte)'_' or (byte)'.')
        )
        {
            before--;
        }

        return Peek(before) == '<';
    }

    private bool TryReadElement(int at, out NamedValue value)
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

    private bool TryReadCell(int at, out NamedValue value)
    {
        at = SkipBlanks(at);
        while (Peek(at) is '`' or '*' or '"')
        {
            at++;
        }

        return TryReadBare(at, true, out value);
    }

    // <property name="NAME" value="…">, { "name": "NAME", "value": "…" }, - name: NAME / value: …, variable "NAME" { default = … }.
    private bool TryReadPartner(int nameStart, int at, out NamedValue value)
    {
        const int Farthest = 200;
        const int MostLines = 5;
        value = default;
        if (!IsNameOfPartner(nameStart))
        {
            return false;
        }

        var lines = 0;
        var end = Math.Min(text.Length - "value".Length, at + Farthest);
        for (var look = at; look < end && lines < MostLines; look++)
        {
            lines += text[look] == '\n' ? 1 : 0;
            var word = (text[look] | 0x20) switch
            {
                'v' when System.Text.Ascii.EqualsIgnoreCase(text.Slice(look, 5), "value"u8) => 5,
                'd' when text.Length - look > 7 && System.Text.Ascii.EqualsIgnoreCase(text.Slice(look, 7), "default"u8) => 7,
                's' when text[look] == 's' && text[look..].StartsWith("string>"u8) => 6,
                _ => 0,
            };
            if (word == 0 || char.IsAsciiLetterOrDigit((char)Peek(look - 1)))
            {
                continue;
            }

            var next = SkipBlanks(SkipClosing(look + word, out _));
            switch (Peek(next))
            {
                case '=' or ':':
                    return TryReadAssigned(next, out value);
                case '>':
                    return TryReadElement(next + 1, out value);
                case '(' or ',':
                    return TryReadQuoted(SkipBlanks(next + 1), out value);
                default:
                    break;
            }
        }

        return false;
    }

    private bool IsNameOfPartner(int nameStart)
    {
        // The name's own quote, then = or : or a blank or >, then what calls it a name.
        var at = nameStart - 1;
        while (Peek(at) is '"' or '\'' or '\\' or ' ' or '=' or ':' or '>' or '\t' or '(')
        {
            at--;
        }

        if (at == nameStart - 1)
        {
            return false;
        }

        ReadOnlySpan<byte> before = text[..(at + 1)];
        return EndsWith(before, "name"u8)
            || EndsWith(before, "key"u8)
            || EndsWith(before, "variable"u8)
            || EndsWith(before, "id"u8)
            || EndsWith(before, "property"u8)
            || EndsWith(before, "label"u8);
    }

    private static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end) =>
        text.Length >= end.Length && System.Text.Ascii.EqualsIgnoreCase(text[^end.Length..], end);

    // netrc, ENV NAME value, setx NAME value, --option value, "the token was value".
    private bool TryReadSpaced(int nameStart, int nameEnd, int at, bool isQuotedName, out NamedValue value)
    {
        value = default;
        if (at == nameEnd || (isQuotedName && Peek(at - 1) is not (' ' or '\t')))
        {
            return false;
        }

        // `const name string = "…"`: a type between the name and its value.
        var afterWord = SkipWord(at);
        if (afterWord > at && Peek(SkipBlanks(afterWord)) == '=' && Peek(SkipBlanks(afterWord) + 1) != '=')
        {
            return TryReadQuoted(SkipBlanks(SkipBlanks(afterWord) + 1), out value);
        }

        var isCertain = IsCommand(nameStart);
        if (
            !isCertain
            && afterWord > at
            && text[at..afterWord] is var word
            && (
                word.SequenceEqual("was"u8)
                || word.SequenceEqual("is"u8)
                || word.SequenceEqual("to"u8)
                || word.SequenceEqual("as"u8)
                || word.SequenceEqual("or"u8)
            )
        )
        {
            at = SkipBlanks(afterWord);
            at += Peek(at) == ':' ? 1 : 0;
            at = SkipBlanks(at);
        }

        if (Peek(at) is '"' or '\'' or '`')
        {
            return TryReadQuoted(at, out var quoted) && (value = quoted with { IsLoose = !isCertain }) is var _;
        }

        return TryReadBare(at, !isCertain, out value);
    }

    private int SkipWord(int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit((char)text[at]) || text[at] is (byte)'_' or (byte)'*' or (byte)'.'))
        {
            at++;
        }

        return at;
    }

    // An option of a command line, or a command or a file that sets names without a sign between.
    private bool IsCommand(int nameStart)
    {
        if (Peek(nameStart - 1) == '-' && Peek(nameStart - 2) == '-')
        {
            return true;
        }

        var lineStart = text[..nameStart].LastIndexOf((byte)'\n') + 1;
        var line = text[lineStart..nameStart].TrimStart(" \t#"u8);
        return line.StartsWith("ENV "u8)
            || line.StartsWith("ARG "u8)
            || line.StartsWith("setx "u8)
            || line.StartsWith("SETX "u8)
            || line.StartsWith("setenv "u8)
            || line.StartsWith("machine "u8)
            || line.StartsWith("login "u8)
            || line.StartsWith("set "u8)
            || line.IndexOf("IDENTIFIED"u8) >= 0
            || FollowsLogin(lineStart, line);
    }

    // netrc(5): the password stands alone in its line, below the login.
    private bool FollowsLogin(int lineStart, ReadOnlySpan<byte> line)
    {
        if (!line.IsEmpty || lineStart < 2)
        {
            return false;
        }

        var before = text[..(lineStart - 1)];
        var previous = before[(before.LastIndexOf((byte)'\n') + 1)..].TrimStart(" \t"u8);
        return previous.StartsWith("login "u8) || previous.StartsWith("user "u8);
    }
}
