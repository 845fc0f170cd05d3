using System.Text;
using Coop.Detectors;
using Coop.Values;

namespace Coop.Scanning;

/// <summary>Matches the kinds that carry a mark of their own, at a place where the mark stands.</summary>
internal static class TokenMatcher
{
    private const int NearBytes = 200;
    private const int ShortAnchor = 4;

    /// <param name="anchorAt">Where the anchor stands.</param>
    public static bool TryMatch(
        ReadOnlySpan<byte> text,
        int anchorAt,
        int anchorLength,
        SecretDetector detector,
        out int start,
        out int end
    )
    {
        for (start = anchorAt - detector.Lead; start <= anchorAt; start++)
        {
            if (start < 0 || !IsFree(text, start, anchorLength, detector))
            {
                continue;
            }

            end = detector.Shape.Match(text, start);
            if (end >= anchorAt + anchorLength && Passes(text, start, end, anchorAt, anchorLength, detector))
            {
                return true;
            }

            // A value of one length before its anchor can begin in one place only.
            if (end >= 0 && end < anchorAt)
            {
                start = end;
            }
        }

        end = start;
        return false;
    }

    /// <summary>False inside a longer word. The letter of an escape such as \n or %3D does not count as one.</summary>
    private static bool IsFree(ReadOnlySpan<byte> text, int start, int anchorLength, SecretDetector detector)
    {
        if (start == 0 || !IsWordByte(text[start]))
        {
            return true;
        }

        var before = text[start - 1];
        if (before == '-' && detector.Lead == 0 && anchorLength <= ShortAnchor)
        {
            return false;
        }

        // In the middle of base64, where any short text may stand.
        if (
            before is (byte)'+' or (byte)'/'
            && anchorLength <= ShortAnchor
            && char.IsAsciiLetterOrDigit((char)text[Math.Min(text.Length, start + anchorLength) - 1])
        )
        {
            return false;
        }

        if (!IsWordByte(before) && !(detector.Lead > 0 && detector.Shape.CanBeginWith(before)))
        {
            return true;
        }

        return (start >= 2 && text[start - 2] == '\\' && before is (byte)'n' or (byte)'r' or (byte)'t' or (byte)'f' or (byte)'b')
            || (
                start >= 3
                && text[start - 3] == '%'
                && char.IsAsciiHexDigit((char)text[start - 2])
                && char.IsAsciiHexDigit((char)before)
            )
            || (start >= 4 && text[start - 4] == '\\' && text[start - 3] == 'x' && char.IsAsciiHexDigit((char)before))
            || (start >= 6 && text[start - 6] == '\\' && text[start - 5] == 'u' && char.IsAsciiHexDigit((char)before))
            || (
                start >= 4
                && text[start - 4] == '\\'
                && char.IsAsciiDigit((char)text[start - 3])
                && char.IsAsciiDigit((char)before)
            );
    }

    private static bool IsWordByte(byte value) => char.IsAsciiLetterOrDigit((char)value) || value == '_';

    private static bool Passes(
        ReadOnlySpan<byte> text,
        int start,
        int end,
        int anchorAt,
        int anchorLength,
        SecretDetector detector
    )
    {
        var value = text[start..end];

        // The anchor is the same in every value and says nothing of this one.
        Span<byte> own = stackalloc byte[Math.Min(value.Length, 512)];
        var before = Math.Min(anchorAt - start, own.Length);
        value[..before].CopyTo(own);
        var rest = value[(anchorAt - start + anchorLength)..];
        rest = rest[..Math.Min(rest.Length, own.Length - before)];
        rest.CopyTo(own[before..]);
        own = own[..(before + rest.Length)];
        ValueStrength strength = new(own);
        return strength.Entropy >= detector.LeastEntropy
            && (!detector.NeedsDigits || strength.HasDigits)
            && !Placeholder.IsTokenStandIn(own)
            && TokenChecks.Passes(detector.Check, value)
            && (detector.Words.Count == 0 || IsNear(text, start, end, detector.Words));
    }

    private static bool IsNear(ReadOnlySpan<byte> text, int start, int end, IReadOnlyList<string> words)
    {
        var first = Math.Max(0, start - NearBytes);
        var around = Encoding.Latin1.GetString(text[first..Math.Min(text.Length, end + NearBytes)]);
        return words.Any(word => around.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
