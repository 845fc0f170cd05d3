using System.Globalization;
using CsCheck;
using Xunit;

namespace Coop.Terminal;

public class PlainTextTests
{
    [Theory]
    [InlineData("plain é 日本 😀", "plain é 日本 😀")]
    [InlineData("a\tb\nc", "a\tb\nc")]
    [InlineData("a\u001b[31mb\u001b[0mc", "abc")]
    [InlineData("a\u001b[?1049hb", "ab")]
    [InlineData("a\u001b[1;2Hb", "ab")]
    [InlineData("a\u001b]52;c;aGVsbG8=\u0007b", "ab")]
    [InlineData("a\u001b]52;c;aGVsbG8=\u001b\\b", "ab")]
    [InlineData("\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("a\u001b]0;title\u0007b", "ab")]
    [InlineData("a\u001bPq#0\u001b\\b", "ab")]
    [InlineData("a\u001b_payload\u001b\\b", "ab")]
    [InlineData("a\u001b^note\u001b\\b", "ab")]
    [InlineData("a\u001bXstring\u001b\\b", "ab")]
    [InlineData("a\u001b(0b", "ab")]
    [InlineData("a\u001bcb", "ab")]
    [InlineData("a\u001b7b", "ab")]
    [InlineData("a\u009b31mb", "a31mb")]
    [InlineData("a\u009d52;c;x\u009cb", "a52;c;xb")]
    [InlineData("a\rb\u0008c\u0000d\u007fe", "abcde")]
    [InlineData("a\u202eb\u2066c\u2069d\u200ee\ufeff", "abcde")]
    [InlineData("a\u200bb\u00adc", "abc")]
    public void No_control_sequence_survives(string text, string expected) => Assert.Equal(expected, PlainText.Clean(text));

    [Theory]
    [InlineData("a\u001b", "a")]
    [InlineData("a\u001b[", "a")]
    [InlineData("a\u001b[31", "a")]
    [InlineData("a\u001b]52;c;x", "a")]
    [InlineData("a\u001b]52;c;x\nb", "a\nb")]
    [InlineData("a\u001b[31\u001b[32mb", "ab")]
    [InlineData("a\u001b\u001b[32mb", "ab")]
    [InlineData("a\u001b]0;x\u001b[31mb\u0007c", "ac")]
    public void An_unfinished_sequence_takes_no_line_with_it(string text, string expected) =>
        Assert.Equal(expected, PlainText.Clean(text));

    [Fact]
    public void A_newline_right_behind_an_escape_stays() => Assert.Equal("a\nb", PlainText.Clean("a\u001b\nb"));

    [Fact]
    public void Invisible_characters_beyond_the_basic_plane_go_too() =>
        Assert.Equal("ab", PlainText.Clean("a\U000e0041\U000e007fb"));

    [Fact]
    public void On_one_line_there_are_blanks_instead() => Assert.Equal("a b c", PlainText.CleanLine("a\nb\tc"));

    [Fact]
    public void Whatever_comes_in_nothing_that_controls_comes_out() =>
        Gen.String[Gen.Char["\u001b[]P_^X\\;?0123456789mHab \n\t\u0007\u009b\u009c\u009d\u202e\u0000\r"], 0, 30]
            .Sample(
                text =>
                {
                    var clean = PlainText.Clean(text);
                    Assert.DoesNotContain(
                        clean,
                        c =>
                            c is not ('\n' or '\t')
                            && (char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format)
                    );
                    Assert.Equal(clean, PlainText.Clean(clean));
                },
                iter: 5000
            );
}
