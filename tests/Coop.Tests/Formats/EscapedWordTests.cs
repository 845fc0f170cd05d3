using Coop.Native;
using CsCheck;
using Xunit;

namespace Coop.Formats;

public class EscapedWordTests
{
    private static readonly Gen<CString> Word = Gen.OneOf(Gen.Byte[1, 255], Gen.Const((byte)'\\'), Gen.Const((byte)'x'))
        .Array[0, 20]
        .Select(bytes => CString.From(bytes));

    [Fact]
    public void Any_word_comes_back() =>
        Word.Sample(word => Assert.Equal(word, EscapedWord.Unescape(EscapedWord.Escape(word))), iter: 5000);

    [Fact]
    public void An_escaped_word_is_always_text() => Word.Sample(word => Assert.True(EscapedWord.Escape(word).IsUtf8));

    [Fact]
    public void Different_words_stay_different() =>
        Gen.Select(Word, Word)
            .Sample((one, other) => Assert.Equal(one.Equals(other), EscapedWord.Escape(one).Equals(EscapedWord.Escape(other))));

    [Theory]
    [InlineData("plain é", "plain é")]
    [InlineData(@"a\b", @"a\x5cb")]
    [InlineData(@"\x41", @"\x5cx41")]
    public void Text_without_a_backslash_stays_as_it_is(string word, string expected) =>
        Assert.Equal(expected, EscapedWord.Escape(CString.From(word)).ToString());

    [Theory]
    [InlineData(@"\", @"\")]
    [InlineData(@"\x", @"\x")]
    [InlineData(@"\x4", @"\x4")]
    [InlineData(@"\xzz", @"\xzz")]
    [InlineData(@"\x41", "A")]
    [InlineData(@"\x41\x42c", "ABc")]
    public void What_begins_no_escape_stays_as_it_is(string word, string expected) =>
        Assert.Equal(expected, EscapedWord.Unescape(CString.From(word)).ToString());

    [Theory]
    [InlineData(@"\x00")]
    [InlineData(@"a\x00b")]
    public void A_nul_cannot_be_smuggled_in(string word) =>
        Assert.Equal(word, EscapedWord.Unescape(CString.From(word)).ToString());

    [Theory]
    [InlineData(@"\x 4")]
    [InlineData(@"\x4 ")]
    public void Blanks_are_no_digits(string word) => Assert.Equal(word, EscapedWord.Unescape(CString.From(word)).ToString());
}
