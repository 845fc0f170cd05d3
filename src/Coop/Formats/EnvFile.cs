using Coop.Errors;

namespace Coop.Formats;

/// <summary>
/// Files of <c>KEY=VALUE</c> lines (<c>coop.conf</c>, the agents' <c>env</c>): <c>#</c> comments, blank lines, an optional <c>export</c>, one matching
/// pair of quotes removed, nothing expanded.
/// </summary>
internal static class EnvFile
{
    /// <summary>The lines in order; a later line for the same key wins, which is the reader's business.</summary>
    /// <exception cref="UserError">A line is no setting; exit 2, with its place.</exception>
    public static IReadOnlyList<EnvLine> Parse(string path, string text)
    {
        List<EnvLine> lines = [];
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.StartsWith("export ", StringComparison.Ordinal))
            {
                line = line["export ".Length..].TrimStart();
            }

            TextPlace place = new(path, number);
            var equals = line.IndexOf('=');
            if (equals <= 0 || !IsName(line.AsSpan(0, equals)))
            {
                throw UserError.Usage(
                    $"{place}: this line is not KEY=VALUE.",
                    "Write a setting as COOP_EGRESS=none; comments start with #."
                );
            }

            lines.Add(new EnvLine(line[..equals], Unquote(line[(equals + 1)..].Trim()), place));
        }

        return lines;
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return !char.IsAsciiDigit(name[0]);
    }

    private static string Unquote(string value) =>
        value.Length >= 2 && (value[0] is '"' or '\'') && value[0] == value[^1] ? value[1..^1] : value;
}
