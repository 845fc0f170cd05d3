using System.CommandLine;
using Coop.Agents;

namespace Coop.Cli;

/// <summary>The words a command line may begin with.</summary>
internal static class CommandNames
{
    /// <summary>The command as it is typed, such as <c>coop hidden allow</c>.</summary>
    public static string Typed(Command command) =>
        command is RootCommand ? "coop" : $"{Typed(command.Parents.OfType<Command>().First())} {command.Name}";

    public static IEnumerable<string> Of(RootCommand root) =>
        root.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name).Concat(AgentCatalog.All.Select(agent => agent.Name));
}
