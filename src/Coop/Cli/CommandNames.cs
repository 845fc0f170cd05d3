using System.CommandLine;
using Coop.Agents;

namespace Coop.Cli;

/// <summary>The words a command line may begin with.</summary>
internal static class CommandNames
{
    public static IEnumerable<string> Of(RootCommand root) =>
        root.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name).Concat(AgentCatalog.All.Select(agent => agent.Name));
}
