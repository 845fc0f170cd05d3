using System.Buffers;
using Coop.Detectors;
using Coop.Values;

namespace Coop.Scanning;

/// <summary>Finds the password in Oracle's <c>user/password@database</c>, behind <c>jdbc:oracle:thin:</c> and of <c>sqlplus</c>.</summary>
internal static class OraclePasswords
{
    private static readonly SearchValues<byte> Ends = SearchValues.Create(" \t\r\n\"'<>`"u8);

    private const int Rank = 51;
    private const int LongestUrl = 400;
    private const int LongestDriver = 8;

    /// <param name="at">Behind <c>jdbc:oracle:</c>.</param>
    public static void VisitUrl(ReadOnlySpan<byte> text, int at, List<Hit> hits)
    {
        var url = text[at..Math.Min(text.Length, at + LongestUrl)];
        var end = url.IndexOfAny(Ends);
        end = end < 0 ? url.Length : end;
        var colon = url[..end].IndexOf((byte)':');
        if (colon is > 0 and <= LongestDriver)
        {
            Visit(text, at + colon + 1, at + end, StructuralDetectors.UrlPassword, hits);
        }
    }

    /// <summary>Judges a text that may be such a login.</summary>
    public static void Visit(ReadOnlySpan<byte> text, int start, int end, SecretDetector detector, List<Hit> hits)
    {
        var login = text[start..end];
        var slash = login.IndexOf((byte)'/');
        var user = login[..Math.Max(slash, 0)];
        if (user.IsEmpty || user.IndexOfAny("@:(=-"u8) >= 0)
        {
            return;
        }

        var sign = login[slash..].IndexOf((byte)'@') is >= 0 and var found ? slash + found : login.Length;
        var value = login[(slash + 1)..sign];
        if (!Placeholder.IsReference(value) && !Placeholder.IsStandIn(value) && new ValueStrength(value).IsPassword)
        {
            hits.Add(Hit.Make(detector, start + slash + 1, start + sign, Rank, value));
        }
    }
}
