using Coop.Errors;
using Coop.Formats;
using Coop.Storage;

namespace Coop.Masking;

/// <summary>
/// A <c>.coopignore</c>: one pattern a line for everything below its directory, <c>#</c> comments, blank lines. In the repository and
/// so in the hands of whoever writes it: it can hide more, never less, and what cannot be understood in full is an error.
/// </summary>
internal sealed class CoopIgnore
{
    /// <summary>Bytes.</summary>
    public const int LargestFile = 1024 * 1024;

    // Plain names cost nothing by their number; patterns are tried one by one on many files.
    private const int MostPatterns = 10_000;

    private CoopIgnore(BytePath file, IReadOnlyList<IgnoreRule> rules)
    {
        File = file;
        Rules = rules;
        Names = new NameTable(rules);
        Paths = [.. rules.Where(rule => !rule.Pattern.IsNameOnly)];
    }

    /// <summary>Relative to the root of the tree.</summary>
    public BytePath File { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<IgnoreRule> Rules { get; }

    /// <summary>The rules that match by name alone.</summary>
    public NameTable Names { get; }

    /// <summary>The rules that match a path below the directory of the file.</summary>
    public IReadOnlyList<IgnoreRule> Paths { get; }

    /// <summary>Whether a file of this name is read for rules: in any case, so that none is overlooked.</summary>
    public static bool IsName(ReadOnlySpan<byte> name) =>
        name.Length == ".coopignore".Length && System.Text.Ascii.EqualsIgnoreCase(name, ".coopignore"u8);

    /// <summary>Reads the file in an open directory.</summary>
    /// <param name="file">Relative to the root of the tree.</param>
    /// <returns>null when it is no longer there.</returns>
    /// <exception cref="UserError">Not a regular file, too large, not readable, or not understood.</exception>
    public static CoopIgnore? Read(int directory, BytePath file) =>
        SafeFile.Read(directory, file.Name, file, LargestFile) is { } content ? Parse(content, file) : null;

    /// <summary>Understands the content of a file.</summary>
    /// <exception cref="UserError">Not understood.</exception>
    public static CoopIgnore Parse(ReadOnlySpan<byte> content, BytePath file)
    {
        var shown = file.ToString();
        if (content.Contains((byte)0) || content.StartsWith<byte>([0xff, 0xfe]) || content.StartsWith<byte>([0xfe, 0xff]))
        {
            throw new UserError($"'{shown}' is not a text file.", "Save it as UTF-8 text, one pattern a line.");
        }

        var rules = new List<IgnoreRule>();
        var patterns = 0;
        var number = 0;
        content = content.StartsWith<byte>([0xef, 0xbb, 0xbf]) ? content[3..] : content;
        foreach (var range in content.Split((byte)'\n'))
        {
            number++;
            var place = new TextPlace(shown, number);
            if (IgnorePattern.Parse(content[range], place) is not { } pattern)
            {
                continue;
            }

            patterns += pattern is { IsNameOnly: true, Name.Literal: not null } ? 0 : 1;
            if (patterns > MostPatterns)
            {
                throw ConfigError.At(
                    place,
                    $"more than {MostPatterns} patterns with wildcards or slashes",
                    "Hide whole directories, or use fewer and broader patterns."
                );
            }

            rules.Add(new IgnoreRule(pattern, file, number));
        }

        return new CoopIgnore(file, rules);
    }

    /// <summary>Rules that this file once had.</summary>
    public static CoopIgnore Remembered(BytePath file, IReadOnlyList<IgnoreRule> rules) => new(file, rules);
}
