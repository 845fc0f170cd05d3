using System.CommandLine;
using System.CommandLine.Parsing;
using Coop.Errors;
using Coop.Loops;
using Coop.Runs;

namespace Coop.ForkLoops;

/// <summary>What <c>coop fork NAME … --loop</c> takes.</summary>
internal sealed class ForkLoopOptions
{
    /// <summary>The word that makes the whole line Coop's: behind it no agent's own words stand.</summary>
    public const string LoopName = "--loop";

    public const string ReadyName = "--ready-on";

    /// <summary>How the words are split, which is before they are parsed.</summary>
    public static WholeLine Line { get; } = LineOf(new ForkLoopOptions().All);

    private readonly LoopOptionSet bounds = new();
    private readonly Option<bool> loop = new(LoopName) { Description = "Work a queue of tasks in the fork, unattended." };
    private readonly Option<string?> tasks = new("--tasks", "-t")
    {
        Description = "With --loop: the file that the fork's queue is copied from, once.",
    };

    private readonly Option<bool> detach = new("--detach", "-d") { Description = "With --loop: in the background." };
    private readonly Option<bool> dryRun = new("--dry-run")
    {
        Description = "With --loop: say what would be worked; start nothing.",
    };
    private readonly Option<bool> report = new("--report") { Description = "With --loop: print what the last loop there did." };
    private readonly Option<bool> json = new("--json") { Description = "With --report: print one JSON document." };

    // How a Coop in the background tells the one that started it that all is well; nobody types it.
    private readonly Option<int?> ready = new(ReadyName) { Hidden = true };

    public IReadOnlyList<Option> All => [loop, tasks, detach, dryRun, report, json, .. bounds.All, ready];

    /// <exception cref="UserError">Options of the loop without it; exit 2.</exception>
    public bool IsAsked(ParseResult parse)
    {
        if (parse.GetValue(loop))
        {
            return true;
        }

        return All.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } other
            ? throw UserError.Usage(
                $"{other.Name} goes with --loop.",
                "For instance: coop fork night claude --loop --tasks .agent/TASKS.md"
            )
            : false;
    }

    public bool AsksReport(ParseResult parse) => parse.GetValue(report);

    public bool AsksJson(ParseResult parse) =>
        parse.GetValue(json) && !parse.GetValue(report)
            ? throw UserError.Usage("--json goes with --report.", "For instance: coop fork night --loop --report --json")
            : parse.GetValue(json);

    public ForkLoopRequest Read(ParseResult parse, string name, IReadOnlyList<string> targets, ForkKeeping.ForkEntryOptions entry)
    {
        if (entry.IsFresh)
        {
            throw UserError.Usage("Every task of a loop gets a fresh agent.", "Leave --fresh out.");
        }

        if (parse.GetValue(detach) && parse.GetResult("--debug-on-fail") is OptionResult { Implicit: false })
        {
            throw UserError.Usage("--debug-on-fail needs you at the terminal.", "Leave out --detach, or --debug-on-fail.");
        }

        return new ForkLoopRequest(name, targets, parse.GetValue(tasks), entry, list => bounds.Read(parse, list))
        {
            IsDetached = parse.GetValue(detach) && parse.GetValue(ready) is null,
            IsRehearsal = parse.GetValue(dryRun),
            ReadyDescriptor = parse.GetValue(ready),
        };
    }

    private static WholeLine LineOf(IReadOnlyList<Option> options) =>
        new(
            LoopName,
            Names(options.Where(option => option.ValueType == typeof(bool))),
            Names(options.Where(option => option.ValueType != typeof(bool)))
        );

    private static HashSet<string> Names(IEnumerable<Option> options) =>
        options.SelectMany(option => option.Aliases.Append(option.Name)).ToHashSet(StringComparer.Ordinal);
}
