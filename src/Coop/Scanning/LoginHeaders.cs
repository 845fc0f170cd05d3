using Coop.Detectors;
using Coop.Values;

namespace Coop.Scanning;

/// <summary>Finds the credentials of HTTP authentication: <c>Basic</c> and <c>Bearer</c>, wherever they are written out.</summary>
internal static class LoginHeaders
{
    private const int Rank = 55;
    private const int LongestCredential = 2000;
    private const int LeastBearer = 20;

    private static readonly ByteSet Letters = new(
        ('0', '9'),
        ('A', 'Z'),
        ('a', 'z'),
        ('-', '-'),
        ('_', '_'),
        ('.', '.'),
        ('~', '~'),
        ('+', '+'),
        ('/', '/'),
        ('=', '=')
    );

    /// <param name="at">Where the scheme stands.</param>
    /// <param name="start">Behind the blank that follows it.</param>
    public static void Visit(ReadOnlySpan<byte> text, int at, int start, List<Hit> hits)
    {
        if (at > 0 && char.IsAsciiLetterOrDigit((char)text[at - 1]))
        {
            return;
        }

        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }

        var end = start + Letters.RunLength(text, start, LongestCredential);
        var value = text[start..end];
        if (value.IsEmpty || Placeholder.IsStandIn(value))
        {
            return;
        }

        if ((text[at] | 0x20) == 'b' && (text[at + 1] | 0x20) == 'a')
        {
            if (TokenChecks.DecodePair(value) is { } pair && IsRealPair(pair))
            {
                hits.Add(Hit.Make(StructuralDetectors.BasicHeader, start, end, Rank, value));
            }
        }
        else if (value.Length >= LeastBearer && new ValueStrength(value).IsRandom)
        {
            hits.Add(Hit.Make(StructuralDetectors.BearerHeader, start, end, Rank, value));
        }
    }

    private static bool IsRealPair(ReadOnlySpan<byte> pair)
    {
        const int Shortest = 6;
        var colon = pair.IndexOf((byte)':');
        var password = pair[(colon + 1)..];
        return password.Length >= Shortest
            && !password.SequenceEqual(pair[..colon])
            && !Placeholder.IsStandIn(password)
            && new ValueStrength(password).IsPassword;
    }
}
