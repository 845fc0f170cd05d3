using System.Globalization;

namespace Coop.Values;

/// <summary>Takes the escapes out of a string literal: JSON's, and what other languages share with it.</summary>
internal static class Escapes
{
    public static byte[] Remove(ReadOnlySpan<byte> literal)
    {
        var plain = new byte[literal.Length];
        var length = 0;
        for (var at = 0; at < literal.Length; at++)
        {
            if (literal[at] != '\\' || at + 1 == literal.Length)
            {
                plain[length++] = literal[at];
                continue;
            }

            var letter = literal[++at];
            if (letter == 'u' && TryHexadecimal(literal, at + 1, 4, out var code) && code < 0x80)
            {
                plain[length++] = (byte)code;
                at += 4;
            }
            else if (letter == 'x' && TryHexadecimal(literal, at + 1, 2, out code))
            {
                plain[length++] = (byte)code;
                at += 2;
            }
            else
            {
                plain[length++] = letter switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    _ => letter,
                };
            }
        }

        return plain[..length];
    }

    private static bool TryHexadecimal(ReadOnlySpan<byte> text, int at, int digits, out int code)
    {
        code = 0;
        return at + digits <= text.Length
            && int.TryParse(text.Slice(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }
}
