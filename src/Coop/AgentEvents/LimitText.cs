using System.Globalization;
using System.Text.RegularExpressions;

namespace Coop.AgentEvents;

/// <summary>
/// Reset times in the words of the agents' own error events, where no number says it. The forms were read from the programs' output: Claude Code
/// «resets 4:23pm (UTC)», «resets Nov 28, 4pm (Europe/Berlin)»; Codex «try again at 4:23 PM.», «try again at Nov 28th, 2026 4:23 PM.», Gemini «retry after 2s».
/// </summary>
internal static partial class LimitText
{
    // The longest of the forms has some hundred characters; an agent's stream can hold megabytes.
    private const int MostWords = 4 * 1024;

    private static readonly TimeSpan JustOver = TimeSpan.FromMinutes(5);

    /// <summary>The instant; null when the words tell none.</summary>
    /// <param name="now">A clock time without a date is the next such time, or one that is just over: words are heard after they were written.</param>
    /// <param name="zone">The box's, for words that name no zone.</param>
    public static DateTimeOffset? ResetTime(string words, DateTimeOffset now, TimeZoneInfo zone)
    {
        words = words.Length > MostWords ? words[..MostWords] : words;
        if (Delay().Match(words) is { Success: true } delay)
        {
            return now.AddSeconds(double.Parse(delay.Groups["seconds"].Value, CultureInfo.InvariantCulture));
        }

        if (Clock().Match(words) is not { Success: true } match || !TimeOfDay(match, out var time))
        {
            return null;
        }

        var place = match.Groups["zone"] is { Success: true } named ? Zone(named.Value) : zone;
        if (place is null)
        {
            return null;
        }

        var local = TimeZoneInfo.ConvertTime(now, place);
        if (!match.Groups["month"].Success)
        {
            var today = At(local.Date + time, place);
            return today < now - JustOver ? At(local.Date.AddDays(1) + time, place)
                : today > now.AddDays(1) - JustOver ? At(local.Date.AddDays(-1) + time, place)
                : today;
        }

        return Date(match, local) is { } date ? At(date + time, place) : null;
    }

    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone) =>
        new(local, zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified)));

    private static bool TimeOfDay(Match match, out TimeSpan time)
    {
        var hour = int.Parse(match.Groups["hour"].Value, CultureInfo.InvariantCulture);
        var minute = match.Groups["minute"] is { Success: true } minutes
            ? int.Parse(minutes.Value, CultureInfo.InvariantCulture)
            : 0;
        var isAfternoon = match.Groups["half"].Value.StartsWith("p", StringComparison.OrdinalIgnoreCase);
        time = new TimeSpan((hour % 12) + (isAfternoon ? 12 : 0), minute, 0);
        return hour is >= 1 and <= 12 && minute < 60;
    }

    private static DateTime? Date(Match match, DateTimeOffset local)
    {
        var year = match.Groups["year"] is { Success: true } named
            ? int.Parse(named.Value, CultureInfo.InvariantCulture)
            : local.Year;
        if (
            !DateTime.TryParseExact(
                $"{year:D4} {match.Groups["month"].Value} {match.Groups["day"].Value}",
                "yyyy MMM d",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
        {
            return null;
        }

        // December's limit that ends in January.
        return !match.Groups["year"].Success && date < local.Date.AddDays(-1) ? date.AddYears(1) : date;
    }

    private static TimeZoneInfo? Zone(string name) =>
        name.ToUpperInvariant() is "UTC" or "GMT" ? TimeZoneInfo.Utc
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone
        : null;

    [GeneratedRegex(
        @"(?:resets|try again at)\s+(?:at\s+)?(?:(?<month>[A-Z][a-z]{2})\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?:(?<year>\d{4}),?\s+)?(?:at\s+)?)?(?<hour>\d{1,2})(?::(?<minute>\d{2}))?\s?(?<half>[ap]m)\b(?:\s*\((?<zone>[A-Za-z_/+\-0-9]+)\))?",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Clock();

    [GeneratedRegex(
        @"retry after (?<seconds>\d{1,6}(\.\d+)?)\s?s\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Delay();
}
