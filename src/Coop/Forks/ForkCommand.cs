using System.CommandLine;
using Coop.Errors;
using Coop.ForkKeeping;
using Coop.ForkLoops;
using Coop.Native;
using Coop.Processes;
using Coop.Runs;
using Coop.Terminal;

namespace Coop.Forks;

/// <summary><c>coop fork</c> and everything behind it.</summary>
internal sealed class ForkCommand(Func<RunDoors> doors, ForkLoop loop)
{
    public const string Name = "fork";
    public const string Alias = "clone";

    /// <summary>Options of <c>coop fork NAME</c> that Coop takes wherever they stand before the agent's words.</summary>
    public static IReadOnlySet<string> EntryOptions { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "--new",
            "--fresh",
            "-c",
            "--continue",
            "--include-ignored",
            "-h",
            "--help",
        };

    /// <param name="program">The words behind the target.</param>
    public Command Declare(IReadOnlyList<CString> program)
    {
        Argument<string?> name = new("name") { Arity = ArgumentArity.ZeroOrOne, Description = "The fork's name." };
        Argument<string[]> targets = new("target")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "The agent, of a loop also several; the fork's last one when left out.",
        };
        Option<bool> isNew = new("--new") { Description = "The fork must not exist yet." };
        Option<bool> continues = new("--continue", "-c") { Description = "The fork must exist already." };
        Option<bool> fresh = new("--fresh")
        {
            Description = "Begin a new conversation; else the agent's last one there goes on.",
        };
        Option<bool> ignored = new("--include-ignored")
        {
            Description = "Bring ignored files (dependencies) into a new fork; hidden ones never.",
        };
        Command command = new(Name, "Hand work to an agent in a clone of its own; review it; land it.")
        {
            name,
            targets,
            isNew,
            continues,
            fresh,
            ignored,
        };
        loop.Options.ToList().ForEach(command.Options.Add);
        command.Aliases.Add(Alias);
        foreach (var verb in (Command[])[List(), Review(), Merge(), Remove(), Open(), ShowPath(), Logs(), Stop()])
        {
            command.Subcommands.Add(verb);
        }

        command.SetAction(
            (parse, cancellationToken) =>
            {
                var given =
                    parse.GetValue(name)
                    ?? throw UserError.Usage("coop fork needs a name.", "For instance: coop fork fix-login claude");
                ForkEntryOptions entry = new(
                    parse.GetValue(isNew),
                    parse.GetValue(continues),
                    parse.GetValue(fresh),
                    parse.GetValue(ignored)
                );
                var chosen = parse.GetValue(targets) ?? [];
                return loop.IsAsked(parse)
                    ? loop.RunAsync(parse, given, chosen, entry, cancellationToken)
                    : new ForkEntry(doors()).RunAsync(given, chosen.FirstOrDefault(), entry, program, cancellationToken);
            }
        );
        return command;
    }

    private Command List()
    {
        Option<bool> json = new("--json") { Description = "Print one JSON document." };
        Command command = new("ls", "List the forks of this repository.") { json };
        command.SetAction(
            (parse, cancellationToken) =>
            {
                var desk = ForkDesk.Find(doors());
                var forks = new ForkLister(desk).List(cancellationToken);
                if (parse.GetValue(json))
                {
                    desk.Doors.Terminal.Out(ForkListJson.Render(forks, desk.Places));
                }
                else if (forks.Count == 0)
                {
                    desk.Doors.Terminal.Say("There are no forks. Make one: coop fork fix-login claude");
                }
                else
                {
                    desk.Doors.Terminal.Out(ForkListText.Render(forks));
                }

                return Task.FromResult(ExitCode.Done);
            }
        );
        return command;
    }

    private Command Review()
    {
        var name = NameArgument();
        Option<bool> stat = new("--stat") { Description = "Whole lists, and no diff." };
        Option<bool> tool = new("--tool") { Description = "Show the change in your own git difftool." };
        Option<bool> open = new("--open") { Description = "Open a copy in your editor, or with COOP_REVIEW_CMD." };
        Option<bool> gate = new("--gate") { Description = "Run the gate (COOP_GATE) on what would land." };
        Option<bool> json = new("--json") { Description = "Print one JSON document." };
        Command command = new("review", "Show what a fork would land: findings, commits, files by risk, the diff.")
        {
            name,
            stat,
            tool,
            open,
            gate,
            json,
        };
        command.SetAction(
            (parse, cancellationToken) =>
                GuardedAsync(
                    (desk, token) =>
                        new ForkReviewer(desk).RunAsync(
                            parse.GetRequiredValue(name),
                            new ForkReviewOptions(
                                parse.GetValue(stat),
                                parse.GetValue(tool),
                                parse.GetValue(open),
                                parse.GetValue(gate),
                                parse.GetValue(json)
                            ),
                            token
                        ),
                    cancellationToken
                )
        );
        return command;
    }

    private Command Merge()
    {
        Argument<string?> name = new("name") { Arity = ArgumentArity.ZeroOrOne, Description = "The fork's name." };
        Option<bool> all = new("--all") { Description = "Every fork with work, oldest first, until one does not land." };
        Option<bool> yes = new("--yes", "-y") { Description = "Do not ask." };
        Option<bool> force = new("--force") { Description = "Land in spite of findings." };
        Option<bool> remove = new("--rm") { Description = "Remove the fork when it has landed." };
        Command command = new("merge", "Rebase a fork's commits onto your branch, run the gate on the result, and land it.")
        {
            name,
            all,
            yes,
            force,
            remove,
        };
        command.SetAction(
            (parse, cancellationToken) =>
            {
                var given = parse.GetValue(name);
                if ((given is null) != parse.GetValue(all))
                {
                    throw UserError.Usage(
                        "coop fork merge needs either a name or --all.",
                        "For instance: coop fork merge fix-login"
                    );
                }

                ForkMergeOptions options = new(parse.GetValue(yes), parse.GetValue(force), parse.GetValue(remove));
                return GuardedAsync(
                    (desk, token) =>
                        given is null
                            ? new ForkMerger(desk).RunAllAsync(options, token)
                            : new ForkMerger(desk).RunAsync(given, options, token),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private Command Remove()
    {
        var name = NameArgument();
        Option<bool> force = new("--force", "-f") { Description = "Lose work that has not landed; end what runs." };
        Command command = new("rm", "Remove a fork.") { name, force };
        command.SetAction(
            (parse, cancellationToken) =>
                GuardedAsync(
                    (desk, token) => new ForkRemover(desk).RunAsync(parse.GetRequiredValue(name), parse.GetValue(force), token),
                    cancellationToken
                )
        );
        return command;
    }

    private Command Open()
    {
        var name = NameArgument();
        Command command = new("open", "Open a fork's files in your editor.") { name };
        command.SetAction(
            (parse, cancellationToken) =>
                GuardedAsync(
                    (desk, token) => Task.FromResult(new ForkOpener(desk).OpenFork(parse.GetRequiredValue(name), token)),
                    cancellationToken
                )
        );
        return command;
    }

    private Command ShowPath()
    {
        var name = NameArgument();
        Command command = new("path", "Print where a fork's files are.") { name };
        command.SetAction(parse =>
        {
            var desk = ForkDesk.Find(doors());
            var record = desk.Store.Read(ForkName.Check(parse.GetRequiredValue(name)));
            desk.Doors.Terminal.Out(ForkPlaces.Text(desk.Places.Fork(record.Name)) + "\n");
            return ExitCode.Done;
        });
        return command;
    }

    private Command Logs()
    {
        Argument<string?> name = new("name")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The fork's name; all forks when left out.",
        };
        Option<bool> follow = new("--follow", "-f") { Description = "Go on as the log grows." };
        Command command = new("logs", "Print what happened in forks.") { name, follow };
        command.SetAction(
            (parse, cancellationToken) =>
                SignalledAsync(
                    token => new ForkLogs(ForkDesk.Find(doors())).RunAsync(parse.GetValue(name), parse.GetValue(follow), token),
                    cancellationToken
                )
        );
        return command;
    }

    private Command Stop()
    {
        var name = NameArgument();
        Command command = new("stop", "End what runs in a fork.") { name };
        command.SetAction(
            (parse, cancellationToken) =>
                SignalledAsync(
                    token => new ForkStopper(ForkDesk.Find(doors())).RunAsync(parse.GetRequiredValue(name), token),
                    cancellationToken
                )
        );
        return command;
    }

    private static Argument<string> NameArgument() => new("name") { Description = "The fork's name." };

    private Task<int> GuardedAsync(Func<ForkDesk, CancellationToken, Task<int>> run, CancellationToken cancellationToken) =>
        SignalledAsync(async token => await run(await ForkDesk.OpenAsync(doors(), token), token), cancellationToken);

    private static async Task<int> SignalledAsync(Func<CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        using ShutdownSignals signals = new();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, cancellationToken);
        try
        {
            return await run(either.Token);
        }
        catch (OperationCanceledException) when (signals.ExitCode is { } code)
        {
            return code;
        }
    }
}
