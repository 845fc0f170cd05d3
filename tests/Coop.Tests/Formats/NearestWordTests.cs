using Xunit;

namespace Coop.Formats;

public class NearestWordTests
{
    private static readonly string[] Known = ["run", "shell", "config", "completion", "version", "help", "claude"];

    [Theory]
    [InlineData("runn", "run")]
    [InlineData("shel", "shell")]
    [InlineData("cofnig", "config")]
    [InlineData("compltion", "completion")]
    [InlineData("cluade", "claude")]
    [InlineData("verison", "version")]
    [InlineData("kubernetes", null)]
    [InlineData("xyzzy", null)]
    public void A_mistyped_word_finds_the_one_that_was_meant(string word, string? expected) =>
        Assert.Equal(expected, NearestWord.Find(word, Known));

    [Fact]
    public void Nothing_is_near_to_nothing() => Assert.Null(NearestWord.Find("run", []));

    [Theory]
    [InlineData("x")]
    [InlineData("ab")]
    [InlineData("")]
    public void A_word_is_not_near_to_one_it_shares_no_letter_with(string word) =>
        Assert.Null(NearestWord.Find(word, ["up", "rm"]));
}
