using System.CommandLine;
using Coop.Agents;
using Coop.Configuration;
using Coop.Errors;
using Coop.Formats;
using Coop.Git;
using Coop.Repositories;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Init;

/// <summary><c>coop init</c>: writes instructions, queue, skills and hooks for agents into a repository.</summary>
internal sealed class InitCommand(
    HostEnvironment host,
    Func<UserDirectories> directories,
    Func<Settings> settings,
    Func<GitClient> client,
    ITerminal terminal
)
{
    public const string Name = "init";

    public Command Declare()
    {
        Option<string?> agents = new("--agents")
        {
            Description = "Only what these agents read, such as claude,codex; all that Coop knows by default.",
        };
        Option<string?> stack = new("--stack")
        {
            Description = "asdf: an image for boxes that has the tools of .tool-versions; by default where there is one.",
        };
        Option<string?> print = new("--print") { Description = "Print what would be written at a path, and write nothing." };
        Command command = new(Name, "Write what agents need into this repository: instructions, queue, skills, hooks.")
        {
            agents,
            stack,
            print,
        };
        command.SetAction(
            (parse, cancellationToken) =>
                RunAsync(
                    Agents(parse.GetValue(agents)),
                    HasStack(parse.GetValue(stack)),
                    parse.GetValue(print),
                    cancellationToken
                )
        );
        return command;
    }

    private async Task<int> RunAsync(
        IReadOnlyList<string> agents,
        bool hasStack,
        string? print,
        CancellationToken cancellationToken
    )
    {
        var location = RepositoryFinder.FindOwn(settings().StartDirectory(host), directories().Home);
        if (!location.IsRepository)
        {
            throw UserError.Usage($"'{location.Root}' is no git repository.", "Make one first: git init");
        }

        var facts = ScaffoldCollector.Collect(
            location,
            await client().ReadConfigurationAsync(location.Root, cancellationToken),
            StackReader.Read(location, directories(), settings().ShadowContent, cancellationToken)
        );
        var plan = ScaffoldPlanner.Plan(agents, hasStack, facts);
        if (print is not null)
        {
            terminal.Out(Printed(plan, print));
            return ExitCode.Done;
        }

        // All is looked at before the first is written.
        ScaffoldStep[] steps =
        [
            .. plan.Select(entry => ScaffoldJudge.Judge(entry, ScaffoldCollector.Find(location.Root, entry.Path))),
        ];
        ScaffoldWriter writer = new(location.Root, host.OwnerIn(location.Root));
        foreach (var step in steps.Where(step => step.State is EntryState.Missing or EntryState.Appended))
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Write(step);
            terminal.Out($"{step.Entry.Path}\n");
        }

        ScaffoldText.Lines(steps, facts).ToList().ForEach(terminal.Say);
        return ExitCode.Done;
    }

    private static string Printed(IReadOnlyList<ScaffoldEntry> plan, string path)
    {
        var wanted = BytePath.From(path).Normalized();
        var entry =
            plan.FirstOrDefault(entry => entry.Path.Equals(wanted))
            ?? throw UserError.Usage(
                $"coop init writes no '{wanted}' here.",
                $"It writes: {string.Join(' ', plan.Select(entry => entry.Path))}"
            );
        return entry.Kind == EntryKind.Link ? entry.Content + "\n" : entry.Content;
    }

    private static bool HasStack(string? name) =>
        name switch
        {
            null => false,
            "asdf" => true,
            _ => throw UserError.Usage(
                $"'{PlainText.CleanLine(name)}' is no stack that Coop knows.",
                "The one it knows: --stack asdf"
            ),
        };

    private static string[] Agents(string? list)
    {
        string[] known = [.. AgentCatalog.All.Select(agent => agent.Name)];
        if (list is null)
        {
            return known;
        }

        var asked = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (asked.Length == 0)
        {
            throw UserError.Usage("--agents names no agent.", $"The agents are: {string.Join(", ", known)}");
        }

        return asked.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw UserError.Usage(
                $"'{PlainText.CleanLine(unknown)}' is no agent.",
                NearestWord.Find(unknown, known) is { } near
                    ? $"Did you mean: --agents {near}"
                    : $"The agents are: {string.Join(", ", known)}"
            )
            : asked;
    }
}
