namespace Coop.Values;

/// <summary>
/// Reads the value that belongs to a name, in whatever people write names and values: assignments of programming and configuration languages, JSON, YAML, XML
/// elements and attributes, calls, command lines, tables and sentences. It knows no language: it looks at what stands between the two.
/// </summary>
internal readonly ref struct NamedValueReader(ReadOnlySpan<byte> text)
{
    private const int LongestType = 60;

    private readonly ReadOnlySpan<byte> text = text;
    private readonly ValueReader values = new(text);

    /// <param name="nameStart">Where the name begins.</param>
    /// <param name="nameEnd">Behind its last byte.</param>
    public bool TryRead(int nameStart, int nameEnd, out NamedValue value)
    {
        value = default;
        var at = SkipClosing(nameEnd, out var isQuotedName);
        at = values.SkipBlanks(at);
        if (at >= text.Length)
        {
            return false;
        }

        switch (text[at])
        {
            case (byte)'=':
            case (byte)':':
            case (byte)'|' when values.Peek(at + 1) == '|':
            case (byte)'?' when values.Peek(at + 1) is '?' or '=' or ':':
            case (byte)'-' when values.Peek(at + 1) is '>' or '=':
                return TryReadAssigned(at, out value);
            case (byte)',' when isQuotedName:
                return TryReadPartner(nameStart, at, out value) || values.TryReadQuoted(values.SkipBlanks(at + 1), out value);
            case (byte)'<' when values.Peek(at + 1) == '-':
                return values.TryReadQuoted(values.SkipBlanks(at + 2), out value);
            case (byte)'>' when isQuotedName && IsNameOfPartner(nameStart):
                return values.TryReadElement(at + 1, out value);
            case (byte)'(' when !isQuotedName || at == nameEnd:
                return values.TryReadQuoted(values.SkipBlanks(at + 1), out value);
            case (byte)'>' when !isQuotedName && IsElement(nameStart):
                return values.TryReadElement(at + 1, out value);
            case (byte)'|':
                return TryReadCell(at + 1, out value);
            default:
                return TryReadPartner(nameStart, at, out value) || TryReadSpaced(nameStart, nameEnd, at, isQuotedName, out value);
        }
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
                case (byte)'\\' when values.Peek(at + 1) is '"' or '\'':
                case (byte)']' when isQuoted:
                case (byte)')' when isQuoted:
                case (byte)'[' when values.Peek(at + 1) == ']':
                case (byte)']' when values.Peek(at - 1) == '[':
                case (byte)'*':
                case (byte)'?' when values.Peek(at + 1) == ':':
                case (byte)'!' when values.Peek(at + 1) is ':' or '=' && values.Peek(at + 2) != '=':
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

        at = values.SkipBlanks(at);

        // A tag of YAML says of what type the value is.
        if (isColon && text[at..].StartsWith("!!str "u8))
        {
            at = values.SkipBlanks(at + "!!str "u8.Length);
        }

        if (isColon && TrySkipType(ref at))
        {
            at = values.SkipBlanks(at);
        }

        // JSON and long assignments may go on in the next line; YAML would open a map.
        var next = values.Peek(at) is '\n' or '\r' or '\\' && !isColon ? values.SkipBlanksAndLine(at) : at;
        return values.TryReadQuoted(next, out value) || (next == at && values.TryReadBare(at, false, out value));
    }

    // `name: type = "value"`, as in Python, TypeScript, Rust and Kotlin.
    private bool TrySkipType(ref int at)
    {
        var end = Math.Min(text.Length, at + LongestType);
        for (var look = at; look < end; look++)
        {
            var letter = (char)text[look];
            if (letter == '=' && look > at && values.Peek(look + 1) != '=' && values.Peek(look + 1) != '>')
            {
                if (values.Peek(values.SkipBlanks(look + 1)) is not ('"' or '\'' or '`'))
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

        return values.Peek(before) == '<';
    }

    private bool TryReadCell(int at, out NamedValue value)
    {
        at = values.SkipBlanks(at);
        while (values.Peek(at) is '`' or '*' or '"')
        {
            at++;
        }

        return values.TryReadBare(at, true, out value);
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
            if (word == 0 || char.IsAsciiLetterOrDigit((char)values.Peek(look - 1)))
            {
                continue;
            }

            var next = values.SkipBlanks(SkipClosing(look + word, out _));
            switch (values.Peek(next))
            {
                case '=' or ':':
                    return TryReadAssigned(next, out value);
                case '>':
                    return values.TryReadElement(next + 1, out value);
                case '(' or ',':
                    return values.TryReadQuoted(values.SkipBlanks(next + 1), out value);
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
        while (values.Peek(at) is '"' or '\'' or '\\' or ' ' or '=' or ':' or '>' or '\t' or '(')
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
        if (at == nameEnd || (isQuotedName && values.Peek(at - 1) is not (' ' or '\t')))
        {
            return false;
        }

        // `const name string = "…"`: a type between the name and its value.
        var afterWord = values.SkipWord(at);
        if (
            afterWord > at
            && values.Peek(values.SkipBlanks(afterWord)) == '='
            && values.Peek(values.SkipBlanks(afterWord) + 1) != '='
        )
        {
            return values.TryReadQuoted(values.SkipBlanks(values.SkipBlanks(afterWord) + 1), out value);
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
            at = values.SkipBlanks(afterWord);
            at += values.Peek(at) == ':' ? 1 : 0;
            at = values.SkipBlanks(at);
        }

        if (values.Peek(at) is '"' or '\'' or '`')
        {
            return values.TryReadQuoted(at, out var quoted) && (value = quoted with { IsLoose = !isCertain }) is var _;
        }

        return values.TryReadBare(at, !isCertain, out value);
    }

    // An option of a command line, or a command or a file that sets names without a sign between.
    private bool IsCommand(int nameStart)
    {
        if (values.Peek(nameStart - 1) == '-' && values.Peek(nameStart - 2) == '-')
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
