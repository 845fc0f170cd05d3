using System.Buffers;

namespace Coop.Scanning;

/// <summary>
/// Finds private keys in PEM, OpenSSH, PuTTY and OpenPGP armor, in a file of their own, indented in YAML, escaped in a string, or put together from
/// several strings.
/// </summary>
internal static class PrivateKeys
{
    private static readonly SearchValues<byte> LabelLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 "u8);

    private const int LeastBody = 64;
    private const int LongestLabel = 48;
    private const int LongestKey = 64 * 1024;

    /// <param name="at">Where <c>-----BEGIN</c> stands.</param>
    /// <param name="end">Behind the key.</param>
    public static bool TryFind(ReadOnlySpan<byte> text, int at, out int end)
    {
        end = at;
        var label = text[(at + "-----BEGIN"u8.Length)..Math.Min(text.Length, at + LongestLabel)];
        var isPrivate = label.IndexOf("PRIVATE KEY"u8);
        var labelEnd = label.IndexOf("-----"u8);
        if (isPrivate < 0 || labelEnd < isPrivate || label[..labelEnd].ContainsAnyExcept(LabelLetters))
        {
            return false;
        }

        var start = at + "-----BEGIN"u8.Length + labelEnd + "-----"u8.Length;
        return HasBody(text, start, out end);
    }

    /// <summary>PuTTY's own form: <c>Private-Lines: n</c> and the lines.</summary>
    public static bool TryFindPutty(ReadOnlySpan<byte> text, int at, out int end)
    {
        var line = text[at..].IndexOf((byte)'\n');
        end = at;
        return line >= 0 && HasBody(text, at + line, out end);
    }

    // Counts what base64 there is, whatever stands between lines: breaks, escaped breaks, indents, quotes and plus signs.
    private static bool HasBody(ReadOnlySpan<byte> text, int start, out int end)
    {
        var body = 0;
        var distinct = 0UL;
        var most = Math.Min(text.Length, start + LongestKey);
        end = start;
        for (var at = start; at < most; at++)
        {
            var letter = text[at];
            if (letter == '\\' && at + 1 < most && text[at + 1] is (byte)'n' or (byte)'r' or (byte)'t' or (byte)'\\')
            {
                at++;
            }
            else if (char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'+' or (byte)'/' or (byte)'=')
            {
                body++;
                distinct |= 1UL << (letter & 63);
                end = at + 1;
            }
            else if (letter == '-' && text[at..].StartsWith("-----"u8))
            {
                var tail = text[at..Math.Min(text.Length, at + LongestLabel)];
                var close = tail.Length > 5 ? tail[5..].IndexOf("-----"u8) : -1;
                end = close < 0 ? at : at + 10 + close;
                break;
            }
            else if (
                letter
                is not (
                    (byte)' '
                    or (byte)'\t'
                    or (byte)'\r'
                    or (byte)'\n'
                    or (byte)'"'
                    or (byte)'\''
                    or (byte)'+'
                    or (byte)'\\'
                    or (byte)','
                    or (byte)':'
                    or (byte)'-'
                    or (byte)'#'
                    or (byte)'*'
                    or (byte)'>'
                    or (byte)'.'
                    or (byte)'('
                    or (byte)')'
                    or (byte)'@'
                )
            )
            {
                break;
            }
        }

        const int LeastDistinct = 20;
        return body >= LeastBody && System.Numerics.BitOperations.PopCount(distinct) >= LeastDistinct;
    }
}
