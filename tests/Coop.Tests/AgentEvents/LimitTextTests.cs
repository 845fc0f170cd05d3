using System.Globalization;
using Xunit;

namespace Coop.AgentEvents;

public class LimitTextTests
{
    // A Monday afternoon in winter: Berlin is an hour ahead.
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 23, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("resets 4:23pm (UTC)", "2026-11-23T16:23:00Z")]
    [InlineData("resets 4pm (Europe/Berlin)", "2026-11-23T15:00:00Z")]
    [InlineData("resets 1am (UTC)", "2026-11-24T01:00:00Z")]
    [InlineData("resets 12am (UTC)", "2026-11-24T00:00:00Z")]
    [InlineData("resets 12:30pm (UTC)", "2026-11-24T12:30:00Z")]
    [InlineData("resets Nov 28, 4pm (UTC)", "2026-11-28T16:00:00Z")]
    [InlineData("resets Nov 28 at 4pm (UTC)", "2026-11-28T16:00:00Z")]
    [InlineData("resets Jan 2, 9am (UTC)", "2027-01-02T09:00:00Z")]
    [InlineData("or try again at 4:23 PM.", "2026-11-23T16:23:00Z")]
    [InlineData("or try again at Nov 28th, 2026 4:23 PM.", "2026-11-28T16:23:00Z")]
    [InlineData("Suggested retry after 2s.", "2026-11-23T14:23:02Z")]
    public void The_forms_of_the_agents_are_read(string words, string expected) =>
        Assert.Equal(
            DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture),
            LimitText.ResetTime(words, Now, TimeZoneInfo.Utc)
        );

    [Fact]
    public void Words_without_a_zone_are_the_boxs_own()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        Assert.Equal(
            new DateTimeOffset(2026, 11, 23, 15, 23, 0, TimeSpan.Zero),
            LimitText.ResetTime("try again at 4:23 PM.", Now, berlin)
        );
    }

    [Theory]
    [InlineData("14:23:30", "try again at 2:23 PM.", "2026-11-23T14:23:00Z")]
    [InlineData("14:24:10", "try again at 2:23 PM.", "2026-11-23T14:23:00Z")]
    [InlineData("14:40:00", "try again at 2:23 PM.", "2026-11-24T14:23:00Z")]
    [InlineData("00:00:01", "try again at 11:59 PM.", "2026-11-22T23:59:00Z")]
    [InlineData("00:10:00", "try again at 11:50 PM.", "2026-11-23T23:50:00Z")]
    public void A_time_that_is_over_when_the_words_are_heard_is_not_tomorrows(string heard, string words, string expected) =>
        Assert.Equal(
            DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture),
            LimitText.ResetTime(
                words,
                new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero) + TimeSpan.Parse(heard, CultureInfo.InvariantCulture),
                TimeZoneInfo.Utc
            )
        );

    [Theory]
    [InlineData("")]
    [InlineData("try again later")]
    [InlineData("resets 13pm (UTC)")]
    [InlineData("resets 4:99pm (UTC)")]
    [InlineData("resets 4pm (Nowhere/Land)")]
    [InlineData("resets Foo 28, 4pm (UTC)")]
    [InlineData("resets Feb 31, 4pm (UTC)")]
    public void Anything_else_tells_no_time(string words) => Assert.Null(LimitText.ResetTime(words, Now, TimeZoneInfo.Utc));
}
