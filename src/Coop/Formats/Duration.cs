using System.Globalization;

namespace Coop.Formats;

/// <summary>A length of time as people type it: <c>90s</c>, <c>20m</c>, <c>1h30m</c>, <c>2d</c>.</summary>
internal static class Duration
{
    private const string Units = "dhms";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Null when the text is none, is nothing at all, or longer than a year. A number alone is no duration: it could mean anything.</summary>
    public static TimeSpan? Parse(string text)
    {
        var sum = TimeSpan.Zero;
        var last = -1;
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            var unit = digits > 0 ? Units.IndexOf(rest[digits]) : -1;
            if (unit <= last || digits > 7)
            {
                return null;
            }

            var count = int.Parse(rest[..digits], CultureInfo.InvariantCulture);
            sum += unit switch
            {
                0 => TimeSpan.FromDays(count),
                1 => TimeSpan.FromHours(count),
                2 => TimeSpan.FromMinutes(count),
                _ => TimeSpan.FromSeconds(count),
            };
            last = unit;
            rest = rest[(digits + 1)..];
        }

        return sum > TimeSpan.Zero && sum <= Longest ? sum : null;
    }

    /// <summary>Short, for people: <c>3s</c>, <c>2m05s</c>, <c>1h02m</c>.</summary>
    public static string Format(TimeSpan time) =>
        time < TimeSpan.FromMinutes(1) ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds}s")
        : time < TimeSpan.FromHours(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}m{time.Seconds:00}s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}h{time.Minutes:00}m");
}
