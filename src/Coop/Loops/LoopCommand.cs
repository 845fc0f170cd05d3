using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Coop.Errors;
using Coop.Formats;
using Coop.Runs;

namespace Coop.Loops;

/// <summary><c>coop loop</c>: works the queue with a fresh agent for each task, audits what was done, and tells in the morning.</summary>
internal static class LoopCommand
{
    public const string Name = "loop";

    public static Command Declare(Func<RunDoors> doors)
    {
        Argument<string[]> targets = new("target")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Agents, in the order they are tried; who is signed in when left out.",
        };
        Option<int?> mostTasks = new("--max-tasks") { Description = "End after so many tasks." };
        Option<string?> mostCost = new("--max-cost") { Description = "End when agents have cost so many US dollars." };
        Option<long?> mostTokens = new("--max-tokens") { Description = "End when agents have used so many tokens." };
        Option<string?> mostTime = new("--max-time") { Description = "End after so long, such as 90m or 8h." };
        Option<bool> dryRun = new("--dry-run") { Description = "Say what would be worked, with what; start nothing." };
        Option<bool> report = new("--report") { Description = "Print what the last loop did." };
        Option<bool> json = new("--json") { Description = "With --report: print one JSON document." };
        Command command = new(Name, "Work .agent/TASKS.md with a fresh agent for each task, prove what was done, audit it.")
        {
            targets,
            mostTasks,
            mostCost,
            mostTokens,
            mostTime,
            dryRun,
            report,
            json,
        };
        command.SetAction(
            (parse, cancellationToken) =>
            {
                var place = doors();
                if (parse.GetValue(report))
                {
                    return Task.FromResult(Report(place, parse.GetValue(json)));
                }

                if (parse.GetValue(json))
                {
                    throw UserError.Usage("--json goes with --report.", "coop loop --report --json");
                }

                LoopSetup setup = new(place);
                LoopOptions options = new(
                    setup.Targets(parse.GetValue(targets) ?? []),
                    Positive(parse.GetValue(mostTasks), "--max-tasks"),
                    Dollars(parse.GetValue(mostCost)),
                    Positive(parse.GetValue(mostTokens), "--max-tokens"),
                    Time(parse.GetValue(mostTime))
                );
                return parse.GetValue(dryRun)
                    ? setup.RehearseAsync(options, cancellationToken)
                    : setup.RunAsync(options, cancellationToken);
            }
        );
        return command;
    }

    private static int Report(RunDoors doors, bool json)
    {
        var lines = LoopRecord.ReadLast(new LoopSetup(doors).Records);
        if (LoopReport.From(lines) is not { } report)
        {
            throw new UserError("No loop has run here yet.", "Start one: coop loop");
        }

        doors.Terminal.Out(
            json ? JsonSerializer.Serialize(report, LoopJsonContext.Default.LoopReport) + "\n" : LoopReportText.Render(report)
        );
        return ExitCode.Done;
    }

    private static T? Positive<T>(T? value, string option)
        where T : struct, IComparable<T> =>
        value is { } number && number.CompareTo(default) <= 0
            ? throw UserError.Usage($"{option} must be more than 0.", $"coop loop {option} 5")
            : value;

    private static decimal? Dollars(string? text) =>
        text is null ? null
        : decimal.TryParse(text.TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        && value > 0
            ? value
        : throw UserError.Usage("--max-cost must be a number of US dollars above 0.", "coop loop --max-cost 5");

    private static TimeSpan? Time(string? text) =>
        text is null
            ? null
            : Duration.Parse(text) ?? throw UserError.Usage("--max-time must be a length of time.", "coop loop --max-time 8h");
}
