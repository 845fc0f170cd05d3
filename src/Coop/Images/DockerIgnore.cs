using System.Text;
using Coop.Errors;
using Coop.Formats;
using Coop.Storage;

namespace Coop.Images;

/// <summary>
/// A <c>.dockerignore</c>: patterns from the top of the tree, the last that matches a path or a directory above it decides, <c>!</c> brings back. Engines apply it to
/// directories that they read themselves; Coop hands them an archive, so it applies it first. Letters match in any case.
/// </summary>
internal sealed class DockerIgnore
{
    private readonly IReadOnlyList<(IgnorePattern Pattern, bool Excludes)> rules;

    private DockerIgnore(IReadOnlyList<(IgnorePattern Pattern, bool Excludes)> rules) => this.rules = rules;

    public static DockerIgnore None { get; } = new([]);

    /// <summary>Whether something in an excluded directory may still be wanted.</summary>
    public bool BringsBack => rules.Any(rule => !rule.Excludes);

    /// <exception cref="UserError">A line is no pattern; names file and line.</exception>
    public static DockerIgnore Parse(string file, ReadOnlySpan<byte> content)
    {
        List<(IgnorePattern, bool)> read = [];
        var number = 0;
        foreach (var raw in Encoding.UTF8.GetString(content).TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var excludes = line[0] != '!';
            line = line.TrimStart('!').Trim();
            line = line.StartsWith("./", StringComparison.Ordinal) ? line[2..] : line;
            if (line is "" or "." or "/")
            {
                continue;
            }

            // A leading slash ties a pattern of one name to the top, as docker does with all.
            var pattern = IgnorePattern.Parse(Encoding.UTF8.GetBytes("/" + line.TrimStart('/')), new TextPlace(file, number));
            if (pattern is not null)
            {
                read.Add((pattern, excludes));
            }
        }

        return new DockerIgnore(read);
    }

    /// <param name="path">Relative to the top of the tree.</param>
    public bool Excludes(BytePath path)
    {
        for (var number = rules.Count - 1; number >= 0; number--)
        {
            if (Matches(rules[number].Pattern, path))
            {
                return rules[number].Excludes;
            }
        }

        return false;
    }

    private static bool Matches(IgnorePattern pattern, BytePath path)
    {
        if (pattern.IsNameOnly)
        {
            // "**/name": at any depth.
            foreach (var range in path.Bytes.Split((byte)'/'))
            {
                if (pattern.Name!.Matches(NameFold.Fold(path.Bytes[range])))
                {
                    return true;
                }
            }

            return false;
        }

        var state = pattern.Start;
        foreach (var range in path.Bytes.Split((byte)'/'))
        {
            state = pattern.Advance(state, NameFold.Fold(path.Bytes[range]), out var isMatch);
            if (isMatch || state == 0)
            {
                return isMatch;
            }
        }

        return false;
    }
}
