using System.Text;
using Coop.Values;

namespace Coop.Scanning;

/// <summary>Finds the credentials of SQL statements: <c>IDENTIFIED BY '…'</c>, and the rows that <c>INSERT INTO</c> gives a column of credentials.</summary>
internal static class SqlPasswords
{
    private const int LongestClause = 120;
    private const int LongestColumns = 4096;
    private const int LongestRows = 1 << 16;
    private const int MostColumns = 256;

    /// <param name="at">Behind <c>identified</c>.</param>
    public static void VisitIdentified(ReadOnlySpan<byte> text, int at, List<Hit> hits)
    {
        var clause = text[at..Math.Min(text.Length, at + LongestClause)];
        var by = clause.IndexOf(" by "u8);
        by = by < 0 ? clause.IndexOf(" BY "u8) : by;
        if (by < 0 || clause[..by].IndexOfAny(";\n"u8) >= 0)
        {
            return;
        }

        at += by + 4;
        at += text[at..].StartsWith("PASSWORD "u8) || text[at..].StartsWith("password "u8) ? "password ".Length : 0;
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\\')
        {
            at++;
        }

        if (at < text.Length && text[at] is (byte)'\'' or (byte)'"')
        {
            var rest = text[(at + 1)..Math.Min(text.Length, at + LongestClause)];
            var length = rest.IndexOfAny(text[at], (byte)'\n', (byte)'\\');
            if (length > 0 && rest[length] != '\n')
            {
                ColumnValues.Add(text, NameKind.Password, at + 1, at + 1 + length, hits);
            }
        }
    }

    /// <param name="at">Behind <c>insert into</c>.</param>
    /// <returns>Behind what was read.</returns>
    public static int VisitInsert(ReadOnlySpan<byte> text, int at, List<Hit> hits)
    {
        var head = text[at..Math.Min(text.Length, at + LongestColumns)];
        var open = head.IndexOfAny((byte)'(', (byte)';');
        if (open < 0 || head[open] == ';' || head[open..].IndexOf((byte)')') is not (> 0 and var length))
        {
            return at;
        }

        var columns = head.Slice(open + 1, length - 1);
        List<NameKind> kinds = [];
        foreach (var range in columns.Split((byte)','))
        {
            kinds.Add(new CredentialName(columns[range].Trim(" \t\r\n`\"[]\\"u8)).Kind);
        }

        at += open + length + 1;
        var next = SkipBlanks(text, at);
        if (
            kinds.Count > MostColumns
            || kinds.TrueForAll(kind => kind == NameKind.Other)
            || text.Length - next < 6
            || !Ascii.EqualsIgnoreCase(text.Slice(next, 6), "values"u8)
        )
        {
            return at;
        }

        return ReadRows(text, next + 6, kinds, hits);
    }

    private static int ReadRows(ReadOnlySpan<byte> text, int at, List<NameKind> kinds, List<Hit> hits)
    {
        var most = Math.Min(text.Length, at + LongestRows);
        var column = 0;
        var depth = 0;
        for (; at < most; at++)
        {
            switch (text[at])
            {
                case (byte)'(':
                    column = depth++ == 0 ? 0 : column;
                    break;
                case (byte)')':
                    depth--;
                    break;
                case (byte)',' when depth == 1:
                    column++;
                    break;
                case (byte)';' when depth <= 0:
                    return at;
                case (byte)'\'' or (byte)'"':
                    var end = EndOfString(text[..most], at);
                    if (depth == 1 && column < kinds.Count && kinds[column] != NameKind.Other)
                    {
                        ColumnValues.Add(text, kinds[column], at + 1, end, hits);
                    }

                    at = end;
                    break;
                default:
                    break;
            }
        }

        return at;
    }

    // Where the closing quote stands; a doubled one and one behind a backslash belong to the string.
    private static int EndOfString(ReadOnlySpan<byte> text, int opening)
    {
        for (var at = opening + 1; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == text[opening])
            {
                if (at + 1 >= text.Length || text[at + 1] != text[opening])
                {
                    return at;
                }

                at++;
            }
        }

        return text.Length;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }
}
