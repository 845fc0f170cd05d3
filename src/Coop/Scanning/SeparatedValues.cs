using Coop.Values;

namespace Coop.Scanning;

/// <summary>
/// Reads tables of comma-, semicolon- or tab-separated values (RFC 4180) whose first line names a column of credentials. It must be the first line of the
/// content: a later piece of a large file is not read as a table.
/// </summary>
internal static class SeparatedValues
{
    private const int LongestHeader = 4096;
    private const int LongestName = 60;
    private const int MostColumns = 256;

    public static void Scan(ReadOnlySpan<byte> text, List<Hit> hits, CancellationToken cancellationToken)
    {
        var at = text.StartsWith("\ufeff"u8) ? 3 : 0;
        var length = text[at..Math.Min(text.Length, at + LongestHeader)].IndexOf((byte)'\n');
        if (length < 0)
        {
            return;
        }

        var header = text.Slice(at, length).TrimEnd((byte)'\r');
        var separator = SeparatorOf(header);
        if (separator == 0 || KindsOf(header, separator) is not { } kinds)
        {
            return;
        }

        at += length + 1;
        List<(int Start, int End)> fields = new(kinds.Length);
        while (at < text.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            fields.Clear();
            at = ReadRow(text, at, separator, fields);
            for (var column = 0; fields.Count == kinds.Length && column < kinds.Length; column++)
            {
                if (kinds[column] != NameKind.Other)
                {
                    ColumnValues.Add(text, kinds[column], fields[column].Start, fields[column].End, hits);
                }
            }
        }
    }

    private static byte SeparatorOf(ReadOnlySpan<byte> header)
    {
        foreach (var separator in "\t;,"u8)
        {
            if (header.Contains(separator))
            {
                return separator;
            }
        }

        return 0;
    }

    // Null when it is no header, or when no column is one of credentials.
    private static NameKind[]? KindsOf(ReadOnlySpan<byte> header, byte separator)
    {
        List<NameKind> kinds = [];
        foreach (var range in header.Split(separator))
        {
            var name = header[range].Trim(" \""u8);
            if (name.Length is 0 or > LongestName || kinds.Count == MostColumns || !IsName(name))
            {
                return null;
            }

            kinds.Add(new CredentialName(name).Kind);
        }

        return kinds.Any(kind => kind != NameKind.Other) ? [.. kinds] : null;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var letter in name)
        {
            if (
                !char.IsAsciiLetterOrDigit((char)letter)
                && letter < 0x80
                && letter is not ((byte)' ' or (byte)'_' or (byte)'-' or (byte)'.')
            )
            {
                return false;
            }
        }

        return true;
    }

    // Quoted fields may hold the separator; one that spans lines ends with its line, so that a stray quote costs one row.
    private static int ReadRow(ReadOnlySpan<byte> text, int at, byte separator, List<(int Start, int End)> fields)
    {
        var end = text[at..].IndexOf((byte)'\n') is >= 0 and var length ? at + length : text.Length;
        var next = end + 1;
        end -= end > at && text[end - 1] == '\r' ? 1 : 0;
        while (at <= end && fields.Count <= MostColumns)
        {
            int stop;
            if (at < end && text[at] == '"' && text[(at + 1)..end].IndexOf((byte)'"') is >= 0 and var close)
            {
                fields.Add((at + 1, at + 1 + close));
                stop = at + close + 2;
                stop += text[stop..end].IndexOf(separator) is >= 0 and var rest ? rest : end - stop;
            }
            else
            {
                stop = text[at..end].IndexOf(separator) is >= 0 and var found ? at + found : end;
                fields.Add((at, stop));
            }

            at = stop + 1;
        }

        return next;
    }
}
