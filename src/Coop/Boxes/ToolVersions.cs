using System.Text;
using Coop.Errors;
using Coop.Formats;
using Coop.Storage;

namespace Coop.Boxes;

/// <summary>The tools that a repository wants, by the <c>.tool-versions</c> files from its top to the home directory; of two lines for one tool the nearer counts.</summary>
/// <param name="Own">What the repository's own file says: the box sees it.</param>
/// <param name="Above">What files above it add: the box is told by variables.</param>
internal sealed record ToolVersions(
    IReadOnlyList<(string Tool, string Versions)> Own,
    IReadOnlyList<(string Tool, string Versions)> Above
)
{
    private const string FileName = ".tool-versions";
    private const int LimitBytes = 64 * 1024;

    /// <summary>For people: «nodejs 22.1.0, python 3.12».</summary>
    public string Text => string.Join(", ", Own.Concat(Above).Select(line => $"{line.Tool} {line.Versions}"));

    /// <summary>asdf's and mise's variables for what the box has no file of.</summary>
    public IEnumerable<BoxVariable> Variables =>
        Above.SelectMany(line =>
        {
            var name = line.Tool.ToUpperInvariant().Replace('-', '_');
            return (BoxVariable[])
                [new($"ASDF_{name}_VERSION", line.Versions), new($"MISE_{name}_VERSION", line.Versions.Split(' ')[0])];
        });

    /// <summary>Null when no file names a tool.</summary>
    /// <param name="home">Where the search ends; a repository outside the home is searched at its top alone.</param>
    /// <exception cref="UserError">The repository's file is a link, no regular file, or larger than 64 kB.</exception>
    public static ToolVersions? Read(BytePath root, string? home)
    {
        var own = SafeFile.Read(root, BytePath.From(FileName), LimitBytes) is { } content ? Parse(content) : [];
        Dictionary<string, string> above = new(StringComparer.Ordinal);
        if (home is not null && root.IsWithin(BytePath.From(home)) && !root.Equals(BytePath.From(home)))
        {
            for (var at = root.Parent; at.IsWithin(BytePath.From(home)); at = at.Parent)
            {
                foreach (var (tool, versions) in ReadAbove(at).Where(line => own.All(mine => mine.Tool != line.Tool)))
                {
                    above.TryAdd(tool, versions);
                }
            }
        }

        return own.Count + above.Count == 0
            ? null
            : new ToolVersions(
                own,
                [.. above.Select(line => (line.Key, line.Value)).OrderBy(line => line.Key, StringComparer.Ordinal)]
            );
    }

    // The user's own file, which may be a link to where dotfiles lie.
    private static IReadOnlyList<(string Tool, string Versions)> ReadAbove(BytePath directory)
    {
        try
        {
            return BoundedFile.Read(Native.CString.From(directory.Join(FileName).Bytes), LimitBytes) is { } content
                ? Parse(content)
                : [];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static IReadOnlyList<(string Tool, string Versions)> Parse(byte[] content) =>
        ToolVersionsFile.Parse(Encoding.UTF8.GetString(content));
}
