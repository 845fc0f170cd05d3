using System.CommandLine;
using Coop.Agents;
using Coop.Errors;

namespace Coop.Upkeep;

/// <summary><c>coop build</c> and <c>coop update</c>: what boxes run on.</summary>
internal static class BuildCommand
{
    public static Command DeclareBuild(Func<BoxBuilder> builder)
    {
        Argument<string[]> agents = new("agent")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Agents to put in, besides those that are in already.",
        };
        Command command = new(
            "build",
            "Build what boxes run on: the base image, this repository's own, or on bubblewrap the agents."
        )
        {
            agents,
        };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                await builder().BuildAsync([.. (parse.GetValue(agents) ?? []).Select(Find)], isUpdate: false, cancellationToken);
                return ExitCode.Done;
            }
        );
        return command;
    }

    public static Command DeclareUpdate(Func<BoxBuilder> builder)
    {
        Command command = new("update", "Build it anew from the newest, and show the versions.");
        command.SetAction(
            async (_, cancellationToken) =>
            {
                await builder().BuildAsync([], isUpdate: true, cancellationToken);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static IAgent Find(string name) =>
        AgentCatalog.Find(name)
        ?? throw UserError.Usage(
            $"Coop knows no agent '{name}'.",
            $"It knows these: {string.Join(", ", AgentCatalog.All.Select(agent => agent.Name))}"
        );
}
