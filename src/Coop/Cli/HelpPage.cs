using System.CommandLine;
using System.CommandLine.Invocation;
using Coop.Terminal;

namespace Coop.Cli;

/// <summary><c>--help</c> behind any command.</summary>
internal sealed class HelpPage(ITerminal terminal) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        terminal.Out(HelpText.Render(parseResult.CommandResult.Command));
        return Errors.ExitCode.Done;
    }
}
