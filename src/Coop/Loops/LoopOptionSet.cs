using System.CommandLine;
using System.Globalization;
using Coop.Agents;
using Coop.Errors;
using Coop.Formats;

namespace Coop.Loops;

/// <summary>The options that bound a loop, wherever it works.</summary>
internal sealed class LoopOptionSet
{
    private readonly Option<int?> mostTasks = new("--max-tasks") { Description = "End after so many tasks." };
    private readonly Option<string?> mostCost = new("--max-cost")
    {
        Description = "End when agents have cost so many US dollars.",
    };
    private readonly Option<long?> mostTokens = new("--max-tokens") { Description = "End when agents have used so many tokens." };
    private readonly Option<string?> mostTime = new("--max-time") { Description = "End after so long, such as 90m or 8h." };

    private readonly Option<bool> debug = new("--debug-on-fail")
    {
        Description = "Open a shell in a box when a task failed, then ask how to go on.",
    };

    public IReadOnlyList<Option> All => [mostTasks, mostCost, mostTokens, mostTime, debug];

    /// <exception cref="UserError">A value that is no bound; exit 2.</exception>
    public LoopOptions Read(ParseResult parse, IReadOnlyList<AgentTarget> targets) =>
        new(
            targets,
            Positive(parse.GetValue(mostTasks), mostTasks.Name),
            Dollars(parse.GetValue(mostCost)),
            Positive(parse.GetValue(mostTokens), mostTokens.Name),
            Time(parse.GetValue(mostTime))
        )
        {
            DebugsOnFailure = parse.GetValue(debug),
        };

    private static T? Positive<T>(T? value, string option)
        where T : struct, IComparable<T> =>
        value is { } number && number.CompareTo(default) <= 0
            ? throw UserError.Usage($"{option} must be more than 0.", $"For instance: {option} 5")
            : value;

    private static decimal? Dollars(string? text) =>
        text is null ? null
        : decimal.TryParse(text.TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        && value > 0
            ? value
        : throw UserError.Usage("--max-cost must be a number of US dollars above 0.", "For instance: --max-cost 5");

    private static TimeSpan? Time(string? text) =>
        text is null
            ? null
            : Duration.Parse(text)
                ?? throw UserError.Usage("--max-time must be a length of time.", "For instance: --max-time 8h");
}
