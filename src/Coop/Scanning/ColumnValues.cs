using Coop.Detectors;
using Coop.Values;

namespace Coop.Scanning;

/// <summary>Judges a value that a column's name or a statement calls a credential.</summary>
internal static class ColumnValues
{
    private const int Rank = 44;

    /// <param name="start">Where the value begins, without quotes.</param>
    public static void Add(ReadOnlySpan<byte> text, NameKind kind, int start, int end, List<Hit> hits)
    {
        var value = text[start..end];
        if (Placeholder.IsReference(value) || Placeholder.IsStandIn(value) || IsHash(value) || value.StartsWith("eyJ"u8))
        {
            return;
        }

        ValueStrength strength = new(value);
        if (kind == NameKind.Key ? strength.IsRandom : strength.IsPassword)
        {
            var detector = kind switch
            {
                NameKind.Password => StructuralDetectors.Password,
                NameKind.Secret => StructuralDetectors.Secret,
                _ => StructuralDetectors.Key,
            };
            hits.Add(Hit.Make(detector, start, end, Rank, value));
        }
    }

    // Tables of accounts hold what a password was turned into: crypt(3), LDAP, Django, MySQL, bare hexadecimal digests.
    private static bool IsHash(ReadOnlySpan<byte> value)
    {
        if (
            value.IsEmpty
            || value.Count((byte)'$') >= 2
            || value[0] == '{'
            || value.StartsWith("pbkdf2"u8)
            || value.StartsWith("0x"u8)
        )
        {
            return true;
        }

        var digits = value[0] == '*' ? value[1..] : value;
        if (digits.Length is not (16 or 32 or 40 or 56 or 64 or 96 or 128))
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }
        }

        return true;
    }
}
