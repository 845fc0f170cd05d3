using System.Buffers;
using Coop.Values;

namespace Coop.Scanning;

/// <summary>Finds <c>scheme://user:password@host</c>.</summary>
internal static class UrlPasswords
{
    private static readonly SearchValues<byte> Ends = SearchValues.Create(" \t\r\n\"'<>`,"u8);

    private const int LongestScheme = 24;
    private const int LongestAuthority = 512;
    private const int ShortestPassword = 4;

    /// <param name="at">Where <c>://</c> or, in a JSON string, <c>:\/\/</c> stands.</param>
    public static bool TryFind(
        ReadOnlySpan<byte> text,
        int at,
        int signLength,
        out (int Start, int PasswordStart, int PasswordEnd) place
    )
    {
        place = default;
        var start = at;
        while (
            start > 0
            && at - start < LongestScheme
            && (char.IsAsciiLetterOrDigit((char)text[start - 1]) || text[start - 1] is (byte)'+' or (byte)'.' or (byte)'-')
        )
        {
            start--;
        }

        var begin = at + signLength;
        var authority = text[begin..Math.Min(text.Length, begin + LongestAuthority)];
        var end = authority.IndexOfAny(Ends);
        authority = end < 0 ? authority : authority[..end];
        var colon = authority.IndexOf((byte)':');
        if (start == at || colon < 0)
        {
            return false;
        }

        // The last @ of the authority: a person may have left one in the password unescaped; a path begins at a slash behind it.
        var sign = authority.IndexOf((byte)'@');
        if (sign <= colon)
        {
            return false;
        }

        var slash = authority[sign..].IndexOfAny("/?#"u8);
        var last = authority[..(slash < 0 ? authority.Length : sign + slash)].LastIndexOf((byte)'@');
        sign = Math.Max(sign, last);
        var user = authority[..colon];
        var password = authority[(colon + 1)..sign];
        var host = authority[(sign + 1)..];
        if (host.IsEmpty || !(char.IsAsciiLetterOrDigit((char)host[0]) || host[0] == '[') || user.IndexOf((byte)'/') >= 0)
        {
            return false;
        }

        place = (start, begin + colon + 1, begin + sign);
        return IsPassword(user, password, host);
    }

    private static bool IsPassword(ReadOnlySpan<byte> user, ReadOnlySpan<byte> password, ReadOnlySpan<byte> host)
    {
        if (password.Length < ShortestPassword || password.SequenceEqual(user) || (Placeholder.IsReference(password)))
        {
            return false;
        }

        if (
            Placeholder.IsStandIn(password)
            || password[0] is (byte)'$' or (byte)'%' or (byte)'<' or (byte)'{' or (byte)'/' or (byte)'['
        )
        {
            return false;
        }

        // A port, as in http://host:8080/@scope.
        if (
            password.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is var other
            && (other < 0 ? password.Length <= 5 : password[other] == '/' && other <= 5)
        )
        {
            return false;
        }

        ValueStrength strength = new(password);
        var isWord = WordLikeness.Share(password, out var pairs) > 0.6 && pairs > 2 && !strength.HasDigits;
        return strength.IsPassword || (!isWord && strength.Entropy >= 2.2 && !IsLocal(host));
    }

    private static bool IsLocal(ReadOnlySpan<byte> host) =>
        host.StartsWith("localhost"u8)
        || host.StartsWith("127."u8)
        || host.StartsWith("example."u8)
        || host.IndexOf("example.com"u8) >= 0
        || host.StartsWith("host"u8);
}
