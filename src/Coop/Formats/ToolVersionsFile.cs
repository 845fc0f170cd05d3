using System.Text.RegularExpressions;

namespace Coop.Formats;

/// <summary>A <c>.tool-versions</c> as asdf and mise read it: a tool and its versions a line, <c>#</c> begins a comment.</summary>
internal static partial class ToolVersionsFile
{
    /// <summary>Each tool with its versions, the first that is there being used; a line that names no tool is passed over, as asdf does.</summary>
    public static IReadOnlyList<(string Tool, string Versions)> Parse(string text) =>
        [
            .. text.TrimStart('\uFEFF')
                .Split('\n')
                .Select(line => line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 1 && words.All(Word.IsMatch))
                .Select(words => (words[0], string.Join(' ', words[1..])))
                .DistinctBy(line => line.Item1),
        ];

    // Names of plugins and versions; also what variables and a shell's words can hold.
    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._:/+-]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word { get; }
}
