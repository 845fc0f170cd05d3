using Coop.Detectors;
using Coop.Values;

namespace Coop.Scanning;

/// <summary>Finds entries of PostgreSQL's password file: <c>host:port:database:user:password</c> alone in a line.</summary>
internal static class PasswordFiles
{
    private const int Rank = 50;
    private const int LongestLine = 400;

    /// <param name="at">In the line.</param>
    public static void Visit(ReadOnlySpan<byte> text, int at, List<Hit> hits)
    {
        var start = text[..at].LastIndexOf((byte)'\n') + 1;
        var line = text[start..Math.Min(text.Length, start + LongestLine)];
        var end = line.IndexOfAny((byte)'\n', (byte)'\r');
        line = end < 0 ? line : line[..end];
        var colon = 0;
        for (var field = 0; field < 4; field++)
        {
            var next = line[colon..].IndexOf((byte)':');
            if (next < 1)
            {
                return;
            }

            colon += next + 1;
        }

        var value = line[colon..];
        if (line.IndexOfAny(" \t\"'/"u8) < 0 && !Placeholder.IsStandIn(value) && new ValueStrength(value).IsPassword)
        {
            hits.Add(Hit.Make(StructuralDetectors.PasswordFile, start + colon, start + line.Length, Rank, value));
        }
    }
}
