using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Coop.Errors;
using Coop.Terminal;

namespace Coop.Cli;

/// <summary><c>coop version</c>, also as <c>-v</c> and <c>--version</c>.</summary>
internal static class VersionCommand
{
    public static Command Declare(ITerminal terminal)
    {
        Command command = new("version", "Print the version.");
        command.SetAction(_ => Print(terminal));
        return command;
    }

    public static Option<bool> DeclareOption(ITerminal terminal) =>
        new("--version", "-v") { Description = "Print the version.", Action = new Page(terminal) };

    private static int Print(ITerminal terminal)
    {
        var version = typeof(VersionCommand)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion;
        terminal.Out($"coop {version}\n");
        return ExitCode.Done;
    }

    private sealed class Page(ITerminal terminal) : SynchronousCommandLineAction
    {
        public override bool Terminating => true;

        public override int Invoke(ParseResult parseResult) => Print(terminal);
    }
}
