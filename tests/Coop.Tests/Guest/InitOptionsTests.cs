using Coop.Native;
using Xunit;

namespace Coop.Guest;

public class InitOptionsTests
{
    [Fact]
    public void Every_word_is_understood()
    {
        var options = InitOptions.Parse(
            CString.List("--line", "--terminal", "--processes", "64", "--owned", @"/a\x20b", "--", "make", "--line", "--")
        );
        Assert.Equal((true, true, 64), (options.HasLine, options.MakesTerminal, options.Processes));
        Assert.Equal("/a b", options.OwnedPath?.ToString());
        Assert.Equal(CString.List("make", "--line", "--"), options.Command);
    }

    [Fact]
    public void Only_escaped_words_are_unescaped()
    {
        Assert.Equal(CString.List(@"a\x41"), InitOptions.Parse(CString.List("--", @"a\x41")).Command);
        Assert.Equal(CString.List("aA"), InitOptions.Parse(CString.List("--escaped", "--", @"a\x41")).Command);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--line")]
    [InlineData("--")]
    [InlineData("--owned")]
    [InlineData("--processes x -- make")]
    [InlineData("--unknown -- make")]
    [InlineData("make")]
    public void Anything_else_is_refused(string words) =>
        Assert.Throws<FormatException>(() =>
            InitOptions.Parse(CString.List(words.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        );
}
