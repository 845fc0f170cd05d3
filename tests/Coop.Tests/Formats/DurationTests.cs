using Xunit;

namespace Coop.Formats;

public class DurationTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("20m", 1200)]
    [InlineData("1h30m", 5400)]
    [InlineData("2d", 172800)]
    public void A_length_of_time_is_numbers_with_units(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("20")]
    [InlineData("m")]
    [InlineData("30m1h")]
    [InlineData("1m1m")]
    [InlineData("-5m")]
    [InlineData("0s")]
    [InlineData("9999999d")]
    public void Anything_else_is_none(string text) => Assert.Null(Duration.Parse(text));
}
