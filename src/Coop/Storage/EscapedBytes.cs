using System.Globalization;
using System.Text;

namespace Coop.Storage;

/// <summary>
/// Any bytes as one word of printable ASCII, for Coop's own files: what is not printable, white space and <c>%</c> become <c>%</c> and
/// two hexadecimal digits.
/// </summary>
internal static class EscapedBytes
{
    public static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            if (value is > 0x20 and < 0x7f and not (byte)'%')
            {
                text.Append((char)value);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{value:x2}");
            }
        }

        return text.ToString();
    }

    /// <summary>The bytes of a word.</summary>
    /// <exception cref="FormatException">Not made by <see cref="Escape"/>.</exception>
    public static byte[] Unescape(string word)
    {
        var bytes = new List<byte>(word.Length);
        for (var at = 0; at < word.Length; at++)
        {
            if (word[at] == '%')
            {
                if (at + 2 >= word.Length)
                {
                    throw new FormatException("An escape is cut off.");
                }

                bytes.Add(Convert.FromHexString(word.AsSpan(at + 1, 2))[0]);
                at += 2;
            }
            else if (word[at] is > ' ' and < (char)0x7f)
            {
                bytes.Add((byte)word[at]);
            }
            else
            {
                throw new FormatException("A byte is not escaped.");
            }
        }

        return [.. bytes];
    }
}
