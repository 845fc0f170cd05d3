using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Coop.Formats;

/// <summary>
/// What stands between <c>[</c> and <c>]</c> in a pattern: characters, ranges, and POSIX names such as <c>[:digit:]</c>, possibly negated. A byte
/// that is no UTF-8 counts as a character of its own.
/// </summary>
internal sealed class CharacterClass
{
    // Stray bytes take the numbers of the surrogates, which no UTF-8 holds.
    private const int StrayByte = 0xdc00;

    private readonly List<CharacterRange> ranges = [];
    private readonly List<Predicate<int>> named = [];

    private bool negated;

    private CharacterClass() { }

    /// <summary>The character at the start of a text.</summary>
    /// <param name="length">Its bytes.</param>
    public static int Decode(ReadOnlySpan<byte> text, out int length)
    {
        if (text[0] < 0x80)
        {
            length = 1;
            return text[0];
        }

        if (Rune.DecodeFromUtf8(text, out var rune, out length) == OperationStatus.Done)
        {
            return rune.Value;
        }

        length = 1;
        return StrayByte + text[0];
    }

    /// <summary>Reads a class.</summary>
    /// <param name="text">Begins behind the opening bracket.</param>
    /// <param name="length">What was read, the closing bracket included.</param>
    /// <param name="problem">What is wrong with it, when the result is null.</param>
    public static CharacterClass? Parse(ReadOnlySpan<byte> text, out int length, out string problem)
    {
        var made = new CharacterClass();
        length = 0;
        problem = "has an unclosed '['";
        if (text is [(byte)'!' or (byte)'^', ..])
        {
            made.negated = true;
            length = 1;
        }

        var first = true;
        while (length < text.Length)
        {
            if (text[length] == (byte)']' && !first)
            {
                length++;
                return made;
            }

            first = false;
            if (text[length..].StartsWith("[:"u8))
            {
                if (!made.AddNamed(text[length..], out var used))
                {
                    problem = "has an unknown '[:name:]'";
                    return null;
                }

                length += used;
            }
            else if (!made.AddRange(text, ref length, ref problem))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Whether the class holds the character in either case; a negated one, whether it holds it in neither.</summary>
    /// <param name="character">In the form of <see cref="NameFold"/>.</param>
    public bool Matches(int character) => (Holds(character) || Holds(OtherCase(character))) != negated;

    private static int OtherCase(int character) =>
        Rune.IsValid(character) ? Rune.ToUpperInvariant(new Rune(character)).Value : character;

    private bool Holds(int character)
    {
        foreach (var range in ranges)
        {
            if (character >= range.First && character <= range.Last)
            {
                return true;
            }
        }

        foreach (var test in named)
        {
            if (test(character))
            {
                return true;
            }
        }

        return false;
    }

    private bool AddRange(ReadOnlySpan<byte> text, ref int at, ref string problem)
    {
        if (!TryCharacter(text, ref at, out var from))
        {
            return false;
        }

        var to = from;
        if (at + 1 < text.Length && text[at] == (byte)'-' && text[at + 1] != (byte)']')
        {
            at++;
            if (!TryCharacter(text, ref at, out to))
            {
                return false;
            }
        }

        if (to < from)
        {
            problem = "has a range whose end comes before its start";
            return false;
        }

        ranges.Add(new CharacterRange(from, to));
        if (from == to && Rune.IsValid(from))
        {
            // A letter with more than two cases.
            var folded = NameFold.Fold(new Rune(from)).Value;
            ranges.Add(new CharacterRange(folded, folded));
        }

        return true;
    }

    private static bool TryCharacter(ReadOnlySpan<byte> text, ref int at, out int character)
    {
        character = 0;
        if (text[at] == (byte)'\\')
        {
            at++;
        }

        if (at >= text.Length)
        {
            return false;
        }

        character = Decode(text[at..], out var length);
        at += length;
        return true;
    }

    private bool AddNamed(ReadOnlySpan<byte> text, out int used)
    {
        used = 0;
        var end = text.IndexOf(":]"u8);
        if (end < 0)
        {
            return false;
        }

        used = end + 2;
        Predicate<int>? test = Encoding.UTF8.GetString(text[2..end]) switch
        {
            "alnum" => c => c < 0x80 && char.IsAsciiLetterOrDigit((char)c),
            "alpha" => c => c < 0x80 && char.IsAsciiLetter((char)c),
            "blank" => c => c is ' ' or '\t',
            "cntrl" => c => c is < 0x20 or 0x7f,
            "digit" => c => c is >= '0' and <= '9',
            "graph" => c => c is > 0x20 and < 0x7f,
            "lower" => c => c is >= 'a' and <= 'z',
            "print" => c => c is >= 0x20 and < 0x7f,
            "punct" => c => c is > 0x20 and < 0x7f && !char.IsAsciiLetterOrDigit((char)c),
            "space" => c => c is ' ' or (>= '\t' and <= '\r'),
            "upper" => c => c is >= 'A' and <= 'Z',
            "xdigit" => c => c < 0x80 && char.IsAsciiHexDigit((char)c),
            _ => null,
        };
        if (test is not null)
        {
            named.Add(test);
        }

        return test is not null;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct CharacterRange(int First, int Last);
}
