namespace Coop.Values;

/// <summary>What a value is made of, for telling a secret from a word, a name, a hash or an expression.</summary>
internal readonly ref struct ValueStrength
{
    private const int GuidLength = 36;

    private readonly ReadOnlySpan<byte> value;
    private readonly int lower;
    private readonly int upper;
    private readonly int digits;
    private readonly int symbols;
    private readonly bool hasSpace;
    private readonly bool hasForeign;
    private readonly int hexadecimal;

    public ValueStrength(ReadOnlySpan<byte> value)
    {
        this.value = value;
        Span<int> counts = stackalloc int[256];
        foreach (var next in value)
        {
            counts[next]++;
            switch (next)
            {
                case >= (byte)'a' and <= (byte)'z':
                    lower++;
                    break;
                case >= (byte)'A' and <= (byte)'Z':
                    upper++;
                    break;
                case >= (byte)'0' and <= (byte)'9':
                    digits++;
                    break;
                case <= 0x20 or 0x7f:
                    hasSpace = true;
                    break;
                case > 0x7f:
                    hasForeign = true;
                    break;
                default:
                    symbols++;
                    break;
            }

            hexadecimal += char.IsAsciiHexDigit((char)next) ? 1 : 0;
        }

        var entropy = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / value.Length;
                entropy -= share * Math.Log2(share);
            }
        }

        Entropy = entropy;
    }

    /// <summary>Shannon entropy in bits a byte; 0 for an empty value.</summary>
    public double Entropy { get; }

    public bool HasDigits => digits > 0;

    private int Letters => lower + upper;

    private int Classes => (lower > 0 ? 1 : 0) + (upper > 0 ? 1 : 0) + (digits > 0 ? 1 : 0) + (symbols > 0 ? 1 : 0);

    private bool IsHexadecimal => hexadecimal == value.Length && (lower == 0 || upper == 0);

    /// <summary>A GUID: an identifier more often than a secret.</summary>
    public bool IsGuid =>
        value.Length == GuidLength && value[8] == '-' && value[13] == '-' && value[18] == '-' && hexadecimal == GuidLength - 4;

    /// <summary>Made by chance, as keys and tokens are.</summary>
    public bool IsRandom
    {
        get
        {
            const int Shortest = 16;
            if (value.Length < Shortest || hasSpace || hasForeign || IsGuid || IsSegmented)
            {
                return false;
            }

            if (IsHexadecimal)
            {
                const int ShortestHexadecimal = 20;
                return value.Length >= ShortestHexadecimal && digits > 0 && Letters > 0 && Entropy >= 2.9;
            }

            var share = WordLikeness.Share(value, out var pairs);
            if (digits == 0)
            {
                // Letters alone must look like chance by themselves.
                return value.Length >= 20 && symbols <= 2 && Entropy >= 3.6 && pairs >= 8 && share < 0.5;
            }

            var least = value.Length >= 24 ? 3.4 : 3.1;
            return Entropy >= least
                && (pairs < 4 || share < WordShare || Turns * 10 >= value.Length * 5)
                && symbols * 4 <= value.Length
                && Alternates >= 2;
        }
    }

    /// <summary>As <see cref="IsRandom"/>, and no name of a program could look like this: for values that only stand behind a name.</summary>
    public bool IsBeyondDoubt => IsRandom && (IsHexadecimal || Alternates >= 4 || symbols > 0 || Turns * 10 >= value.Length * 5);

    // The longer a value, the more words it would have to hold.
    private double WordShare => value.Length >= 32 ? 0.66 : 0.62;

    /// <summary>Made up by a person or a generator of passwords: letters with digits or symbols, no expression.</summary>
    public bool IsPassword
    {
        get
        {
            const int Shortest = 8;
            const int Longest = 128;
            if (value.Length is < Shortest or > Longest || hasSpace || IsGuid)
            {
                return false;
            }

            if (IsRandom)
            {
                return true;
            }

            if (LooksLikeCode || IsSegmented)
            {
                return false;
            }

            var share = WordLikeness.Share(value, out var pairs);
            return Classes switch
            {
                >= 4 => Entropy >= 2.5,
                3 => digits > 0
                    ? (symbols > 0 ? Entropy >= 2.6 : IsMixed(share, pairs))
                    : symbols > 0 && share < 0.5 && Entropy >= 3,
                2 => digits >= 2 && symbols == 0 && Letters >= 3 && share < 0.6 && Entropy >= 2.9 && Alternates >= 3,
                _ => false,
            };
        }
    }

    // Upper, lower and digits without a symbol: "utf8Decoder2" is a name, "Xk29dLq8" is not.
    private bool IsMixed(double share, int pairs) =>
        Entropy >= 2.7 && (pairs < 3 || share < 0.7 || Turns * 10 >= value.Length * 4) && Alternates >= 2;

    // How often lower and upper letters, digits and symbols take turns.
    private int Turns
    {
        get
        {
            var turns = 0;
            for (var at = 1; at < value.Length; at++)
            {
                turns += ClassOf(value[at]) != ClassOf(value[at - 1]) ? 1 : 0;
            }

            return turns;
        }
    }

    private static int ClassOf(byte letter) =>
        (char)letter switch
        {
            >= 'a' and <= 'z' => 0,
            >= 'A' and <= 'Z' => 1,
            >= '0' and <= '9' => 2,
            _ => 3,
        };

    // How often letters and digits take turns.
    private int Alternates
    {
        get
        {
            var turns = 0;
            for (var at = 1; at < value.Length; at++)
            {
                turns += char.IsAsciiDigit((char)value[at]) != char.IsAsciiDigit((char)value[at - 1]) ? 1 : 0;
            }

            return turns;
        }
    }

    /// <summary>Short words and numbers in one case with joiners between them: <c>TLS_PSK_WITH_AES_256</c>, <c>aws-4-request</c>.</summary>
    private bool IsSegmented
    {
        get
        {
            const int LongestSegment = 12;
            if (symbols == 0 || (lower > 0 && upper > 0))
            {
                return false;
            }

            var length = 0;
            var turns = 0;
            for (var at = 0; at < value.Length; at++)
            {
                if (value[at] is (byte)'_' or (byte)'-' or (byte)'.' or (byte)'/' or (byte)':')
                {
                    (length, turns) = (0, 0);
                    continue;
                }

                if (!char.IsAsciiLetterOrDigit((char)value[at]))
                {
                    return false;
                }

                turns += length > 0 && char.IsAsciiDigit((char)value[at]) != char.IsAsciiDigit((char)value[at - 1]) ? 1 : 0;
                if (++length > LongestSegment || turns > 1)
                {
                    return false;
                }
            }

            return true;
        }
    }

    // Calls, indexes, dotted and slashed names, kebab and snake words, regular expressions.
    private bool LooksLikeCode
    {
        get
        {
            if (value.IndexOfAny("([{"u8) >= 0 && value.IndexOfAny(")]}"u8) >= 0)
            {
                return true;
            }

            var joiners = 0;
            foreach (var next in value)
            {
                joiners += next is (byte)'.' or (byte)'-' or (byte)'_' or (byte)'/' or (byte)':' or (byte)',' ? 1 : 0;
            }

            // Only joiners between words: a name, a path, a version, a host.
            return joiners == symbols
                && symbols > 0
                && WordLikeness.Share(value, out var pairs) > 0.62
                && pairs > 3
                && (digits <= 1 || upper == 0);
        }
    }
}
