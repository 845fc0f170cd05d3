using System.Text;
using Coop.Native;
using Coop.TestKit;
using CsCheck;
using Xunit;

namespace Coop.Formats;

public class ShellWordsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData(" \t\n ", new string[0])]
    [InlineData("a b\tc\nd", new[] { "a", "b", "c", "d" })]
    [InlineData("'a b' \"c d\"", new[] { "a b", "c d" })]
    [InlineData("a'b'\"c\"d", new[] { "abcd" })]
    [InlineData("''", new[] { "" })]
    [InlineData("\"\" x", new[] { "", "x" })]
    [InlineData("a\\ b", new[] { "a b" })]
    [InlineData(@"'a\b'", new[] { @"a\b" })]
    [InlineData("\"a\\\"b\\\\c\\$d\\`e\\f\"", new[] { "a\"b\\c$d`e\\f" })]
    [InlineData("$HOME `id` $(id) * ~ ;|&", new[] { "$HOME", "`id`", "$(id)", "*", "~", ";|&" })]
    [InlineData("# no comment", new[] { "#", "no", "comment" })]
    public void Text_is_split_as_a_shell_splits_it_and_nothing_is_expanded(string text, string[] expected) =>
        Assert.Equal(expected, ShellWords.Split(text));

    [Theory]
    [InlineData("'a")]
    [InlineData("\"a")]
    [InlineData("a\\")]
    [InlineData("\"a\\\"")]
    public void An_open_quote_is_no_words(string text) => Assert.Null(ShellWords.Split(text));

    [Theory]
    [InlineData("a\\\nb")]
    [InlineData("\"a\\\nb\"")]
    public void A_continued_line_is_one_as_in_a_shell(string text) =>
        Assert.Equal(
            Encoding.UTF8.GetString(RealShell.Output("sh", $"printf '%s' {text}")),
            Assert.Single(ShellWords.Split(text)!)
        );

    [Fact]
    public void Quoted_words_are_read_back() =>
        Gen.String[Gen.Char["ab '\"\\$`*~#=;&|<>()é"], 0, 12]
            .Array[0, 6]
            .Sample(words => Assert.Equal(words, ShellWords.Split(string.Join(' ', words.Select(ShellWords.Quote)))), iter: 2000);

    [Theory]
    [InlineData("plain-1.2_3/4:5,6@7%8+9=0", "plain-1.2_3/4:5,6@7%8+9=0")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("a\nb\tc", "$'a\\nb\\tc'")]
    [InlineData("\u001b[31m", "$'\\x1b[31m'")]
    public void Words_are_quoted_only_where_they_need_it(string word, string expected) =>
        Assert.Equal(expected, ShellWords.Quote(word));

    [Fact]
    public void A_posix_shell_reads_words_without_controls_as_they_were() =>
        ReadBackBy("sh", [.. Enumerable.Range(0x20, 0x5f).Select(c => $"x{(char)c}"), "", "é", "日本", "-n", "it's \"so\"\\"]);

    [Fact]
    public void Bash_reads_words_with_controls_as_they_were() =>
        ReadBackBy(
            "bash",
            [.. Enumerable.Range(1, 0x1f).Select(c => $"x{(char)c}1"), "a'\n\\b", "\u007f", "x\u0085y", "\u009b31m"]
        );

    [Fact]
    public void Bash_reads_any_bytes_as_they_were() =>
        Gen.Byte[1, 255]
            .Array[0, 10]
            .Array[40, 40]
            .Sample(
                words =>
                {
                    List<byte> expected = [];
                    StringBuilder script = new("printf '%s|'");
                    foreach (var word in words)
                    {
                        expected.AddRange(word);
                        expected.Add((byte)'|');
                        script.Append(' ').Append(ShellWords.Quote(CString.From(word)));
                    }

                    Assert.Equal(expected, RealShell.Output("bash", script.ToString()));
                },
                iter: 5,
                threads: 1
            );

    private static void ReadBackBy(string shell, string[] words) =>
        Assert.Equal(
            string.Concat(words.Select(word => word + "|")),
            Encoding.UTF8.GetString(
                RealShell.Output(shell, "printf '%s|' " + string.Join(' ', words.Select(word => ShellWords.Quote(word))))
            )
        );
}
