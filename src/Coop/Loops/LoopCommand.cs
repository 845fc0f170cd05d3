using System.CommandLine;
using Coop.Errors;
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
        LoopOptionSet bounds = new();
        Option<bool> dryRun = new("--dry-run") { Description = "Say what would be worked, with what; start nothing." };
        Option<bool> report = new("--report") { Description = "Print what the last loop did." };
        Option<bool> json = new("--json") { Description = "With --report: print one JSON document." };
        Command command = new(Name, "Work .agent/TASKS.md with a fresh agent for each task, prove what was done, audit it.")
        {
            targets,
        };
        foreach (var option in (Option[])[.. bounds.All, dryRun, report, json])
        {
            command.Options.Add(option);
        }

        command.SetAction(
            async (parse, cancellationToken) =>
            {
                var place = doors();
                var location = OwnTree.Find(place);
                var store = OwnTree.QueueOf(place, location);
                LoopSetup setup = new(place, store, "coop loop --report");
                if (parse.GetValue(report))
                {
                    return setup.Report(parse.GetValue(json));
                }

                if (parse.GetValue(json))
                {
                    throw UserError.Usage("--json goes with --report.", "coop loop --report --json");
                }

                var options = bounds.Read(parse, LoopTargets.Of(parse.GetValue(targets) ?? [], place.Settings, place.Time));
                return parse.GetValue(dryRun)
                    ? setup.Rehearse(options, store.Kept ?? store.File.Read())
                    : await setup.RunAsync(
                        await OwnTree.OpenAsync(place, location, cancellationToken),
                        options,
                        begun: () => { },
                        cancellationToken
                    );
            }
        );
        return command;
    }
}
