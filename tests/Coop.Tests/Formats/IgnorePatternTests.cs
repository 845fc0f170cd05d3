using System.Text;
using Coop.Errors;
using Xunit;

namespace Coop.Formats;

public class IgnorePatternTests
{
    private static readonly TextPlace Place = new("a/.coopignore", 7);

    [Theory]
    [InlineData("x.dat", "x.dat")]
    [InlineData("x.dat", "deep/down/x.dat")]
    [InlineData("X.Dat", "x.dAT")]
    [InlineData("*.dat", ".dat")]
    [InlineData("a*b*c", "a-b-b-c")]
    [InlineData("a***c", "abc")]
    [InlineData("?.dat", "é.dat")]
    [InlineData("[a-c]x", "Bx")]
    [InlineData("[A-C]x", "bx")]
    [InlineData("[!a-c]x", "dx")]
    [InlineData("[^a-c]x", "dx")]
    [InlineData("[]x]y", "]y")]
    [InlineData("[a-]y", "-y")]
    [InlineData("[[:digit:]]x", "4x")]
    [InlineData("[é-ü]", "ê")]
    [InlineData("STRASSE-É", "strasse-é")]
    [InlineData("/x", "x")]
    [InlineData("a/x", "a/x")]
    [InlineData("a//x", "a/x")]
    [InlineData("**/x", "x")]
    [InlineData("**/x", "a/b/x")]
    [InlineData("a/**/x", "a/x")]
    [InlineData("a/**/x", "a/b/c/x")]
    [InlineData("a/**", "a/b")]
    [InlineData("a/**", "a/b/c")]
    [InlineData("**/a/**/b/**", "q/a/r/b/c")]
    [InlineData("a**b/x", "a--b/x")]
    [InlineData("\\#x", "#x")]
    [InlineData("\\!x", "!x")]
    [InlineData("\\*", "*")]
    [InlineData("x\\ ", "x ")]
    [InlineData("x y", "x y")]
    [InlineData(" x", " x")]
    [InlineData("dir/", "a/dir/")]
    [InlineData("a/dir/", "a/dir/")]
    [InlineData("**/", "anything/")]
    public void A_pattern_matches(string pattern, string path) => Assert.True(Matches(pattern, path));

    [Theory]
    [InlineData("x.dat", "x.data")]
    [InlineData("*.dat", "x.dat.gz")]
    [InlineData("a*b*c", "acb")]
    [InlineData("?", "ab")]
    [InlineData("??", "é")]
    [InlineData("[a-c]x", "dx")]
    [InlineData("[!a-c]x", "Ax")]
    [InlineData("/x", "a/x")]
    [InlineData("a/x", "b/a/x")]
    [InlineData("a/*", "a/b/c")]
    [InlineData("a/**", "a")]
    [InlineData("a/**/x", "ax")]
    [InlineData("\\*", "x")]
    [InlineData("dir/", "dir")]
    [InlineData("**/", "file")]
    public void A_pattern_does_not_match(string pattern, string path) => Assert.False(Matches(pattern, path));

    [Theory]
    [InlineData("")]
    [InlineData("  \t")]
    [InlineData("# note")]
    [InlineData("\r")]
    public void A_line_without_a_pattern_is_none(string line) => Assert.Null(Parse(line));

    [Theory]
    [InlineData("x.dat  \t\r")]
    [InlineData("x.dat\r")]
    [InlineData("x.dat ")]
    public void White_space_at_the_end_is_no_part_of_it(string line) => Assert.Equal("x.dat", Parse(line)!.Text);

    [Theory]
    [InlineData("prod[.yml", "a/.coopignore:7: pattern 'prod[.yml' has an unclosed '['")]
    [InlineData("x[]", "a/.coopignore:7: pattern 'x[]' has an unclosed '['")]
    [InlineData("x[a\\", "a/.coopignore:7: pattern 'x[a\\' has an unclosed '['")]
    [InlineData("[z-a]", "a/.coopignore:7: pattern '[z-a]' has a range whose end comes before its start")]
    [InlineData("[[:letter:]]", "a/.coopignore:7: pattern '[[:letter:]]' has an unknown '[:name:]'")]
    [InlineData("x\\", "a/.coopignore:7: pattern 'x\\' ends in a '\\' that escapes nothing")]
    [InlineData("/", "a/.coopignore:7: pattern '/' names nothing")]
    [InlineData("../x", "a/.coopignore:7: pattern '../x' has '.' or '..' as a name")]
    [InlineData("./x", "a/.coopignore:7: pattern './x' has '.' or '..' as a name")]
    [InlineData("a\rb", "a/.coopignore:7: pattern 'a\\u000db' has a control character")]
    [InlineData("!x", "a/.coopignore:7: '!x' would show what is hidden, which a repository cannot do")]
    public void What_gitignore_would_quietly_never_match_is_an_error_with_its_place(string line, string message) =>
        Assert.Equal(message, Assert.Throws<UserError>(() => Parse(line)).Message);

    [Fact]
    public void A_pattern_of_too_many_names_is_an_error() =>
        Assert.EndsWith(
            "has more than 60 names",
            Assert.Throws<UserError>(() => Parse(string.Join('/', Enumerable.Repeat("a", 61)))).Message
        );

    [Fact]
    public void Bytes_that_are_no_utf8_match_themselves_and_a_question_mark()
    {
        Assert.True(Parse([(byte)'a', 0xff])!.Name!.Matches([(byte)'a', 0xff]));
        Assert.False(Parse([(byte)'a', 0xff])!.Name!.Matches([(byte)'a', 0xfe]));
        Assert.True(Parse("a?")!.Name!.Matches([(byte)'a', 0xff]));
        Assert.True(Parse("[!b]")!.Name!.Matches([0xff]));
    }

    [Theory]
    [InlineData("*", 1_000_000)]
    [InlineData("*a", 500_000)]
    [InlineData("?*", 500_000)]
    [InlineData("*[ab]", 200_000)]
    [InlineData("*a", 120)]
    [InlineData("*aaaa", 24)]
    [InlineData("*?a", 60)]
    public void However_many_stars_the_steps_stay_below_name_times_parts(string part, int times)
    {
        var name = Encoding.ASCII.GetBytes(new string('a', 255));
        var pattern = Parse(string.Concat(Enumerable.Repeat(part, times)) + "b*")!;
        var steps = 0L;
        Assert.False(pattern.Name!.Matches(name, ref steps));
        Assert.InRange(steps, 1, 255 * Math.Min(2 * 255, part.Length * times + 2));
    }

    [Fact]
    public void A_path_costs_at_most_one_look_at_each_segment_for_each_name()
    {
        var pattern = Parse(string.Join('/', Enumerable.Repeat("**/a", 29)) + "/b")!;
        var state = pattern.Start;
        var steps = 0L;
        for (var depth = 0; depth < 2000; depth++)
        {
            state = pattern.Advance(state, "a"u8, out var isMatch, ref steps);
            Assert.False(isMatch);
        }

        // A segment takes at most three steps for a name of one letter.
        Assert.InRange(steps, 1, 2000 * 60 * 4);
    }

    /// <summary>A path with a slash at the end is a directory.</summary>
    private static bool Matches(string pattern, string path)
    {
        var parsed = Parse(pattern)!;
        var isDirectory = path.EndsWith('/');
        var names = path.TrimEnd('/').Split('/').Select(name => NameFold.Fold(Encoding.UTF8.GetBytes(name))).ToList();
        if (parsed.DirectoriesOnly && !isDirectory)
        {
            return false;
        }

        if (parsed.IsNameOnly)
        {
            return parsed.Name!.Matches(names[^1]);
        }

        var state = parsed.Start;
        var isMatch = false;
        foreach (var name in names)
        {
            state = parsed.Advance(state, name, out isMatch);
        }

        return isMatch;
    }

    private static IgnorePattern? Parse(string line) => Parse(Encoding.UTF8.GetBytes(line));

    private static IgnorePattern? Parse(byte[] line) => IgnorePattern.Parse(line, Place);
}
