using System.CommandLine;
using Coop.Errors;
using Coop.Formats;
using Coop.Terminal;

namespace Coop.Cli;

/// <summary><c>coop help [command]</c>.</summary>
internal static class HelpCommand
{
    public static Command Declare(RootCommand root, ITerminal terminal)
    {
        Argument<string?> topic = new("command") { Arity = ArgumentArity.ZeroOrOne, Description = "The command to explain." };
        Command command = new("help", "Show help for Coop or one of its commands.") { topic };
        command.SetAction(parse =>
        {
            var name = parse.GetValue(topic);
            var found = name is null ? root : Find(root, name);
            terminal.Out(HelpText.Render(found));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Find(RootCommand root, string name)
    {
        if (Agents.AgentCatalog.Find(name) is not null)
        {
            name = Runs.ArgumentSplit.AgentCommandName;
        }

        return root.Subcommands.FirstOrDefault(sub => sub.Name == name)
            ?? throw UserError.Usage(
                $"Coop has no command '{name}'.",
                NearestWord.Find(name, CommandNames.Of(root)) is { } near
                    ? $"Did you mean: coop help {near}"
                    : "All commands: coop help"
            );
    }
}
