using System.Buffers;
using System.Text;

namespace Coop.Values;

/// <summary>Recognises values that stand for a secret without being one.</summary>
internal static class Placeholder
{
    private static readonly SearchValues<byte> HexadecimalDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private const int LongestTold = 256;
    private const int LongestSequence = 7;
    private const int LongestRepetition = 6;

    /// <summary>For the value of a name: a stand-in, a run of one letter, or a sequence from the keyboard or the alphabet.</summary>
    public static bool IsStandIn(ReadOnlySpan<byte> value)
    {
        Span<char> text = stackalloc char[LongestTold];
        text = text[..Encoding.Latin1.GetChars(value[..Math.Min(value.Length, LongestTold)], text)];
        return text.ContainsAny(PlaceholderWords.Telling)
            || text.ContainsAny(PlaceholderWords.Published)
            || HasSequence(value)
            || IsWeak(value);
    }

    /// <summary>For the part of a provider's token behind its anchor.</summary>
    public static bool IsTokenStandIn(ReadOnlySpan<byte> value)
    {
        Span<char> text = stackalloc char[LongestTold];
        text = text[..Encoding.Latin1.GetChars(value[..Math.Min(value.Length, LongestTold)], text)];
        return text.ContainsAny(PlaceholderWords.TellingInTokens)
            || text.ContainsAny(PlaceholderWords.Published)
            || HasSequence(value);
    }

    /// <summary>A variable, a path, an address, an encrypted or a hashed value: it names or hides a secret and is none.</summary>
    public static bool IsReference(ReadOnlySpan<byte> value)
    {
        foreach (var start in PlaceholderWords.ReferenceStarts)
        {
            if (value.Length >= start.Length && Ascii.EqualsIgnoreCase(value[..start.Length], start))
            {
                return true;
            }
        }

        return IsNumber(value)
            || value.IndexOf("${"u8) >= 0
            || value.IndexOf("{{"u8) >= 0
            || value.IndexOf("$("u8) >= 0
            || value.IndexOf("://"u8) >= 0
            || value.IndexOf("::"u8) >= 0
            || value.IndexOf("%("u8) >= 0
            || value.IndexOf("->"u8) >= 0
            || value.IndexOf(".getenv"u8) >= 0;
    }

    // 0x and up to 16 bytes: a constant of a program.
    private static bool IsNumber(ReadOnlySpan<byte> value)
    {
        const int Longest = 34;
        return value.StartsWith("0x"u8) && value.Length <= Longest && !value[2..].ContainsAnyExcept(HexadecimalDigits);
    }

    // Six in a row that follow each other, or the same byte six times: 123456, abcdef.
    private static bool HasSequence(ReadOnlySpan<byte> value)
    {
        var rising = 1;
        var same = 1;
        for (var at = 1; at < value.Length; at++)
        {
            rising = value[at] == value[at - 1] + 1 ? rising + 1 : 1;
            same = value[at] == value[at - 1] ? same + 1 : 1;
            if (rising >= LongestSequence || same >= LongestRepetition)
            {
                return true;
            }
        }

        return false;
    }

    // Nothing is left when the weak words, digits at the end and separators are taken away: "test-token", "password123".
    private static bool IsWeak(ReadOnlySpan<byte> value)
    {
        const int LongestWeak = 40;
        if (value.Length > LongestWeak)
        {
            return false;
        }

        var text = Encoding.Latin1.GetString(value).ToLowerInvariant();
        var at = 0;
        while (at < text.Length)
        {
            if (!char.IsAsciiLetter(text[at]))
            {
                at++;
                continue;
            }

            var word = 0;
            foreach (var weak in PlaceholderWords.WeakWords)
            {
                if (weak.Length > word && string.CompareOrdinal(text, at, weak, 0, weak.Length) == 0)
                {
                    word = weak.Length;
                }
            }

            if (word == 0)
            {
                return false;
            }

            at += word;
        }

        return true;
    }
}
