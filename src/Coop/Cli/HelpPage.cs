using System.CommandLine;
using System.CommandLine.Invocation;
using Coop.Terminal;

namespace Coop.Cli;

/// <summary><c>--help</c> behind any command.</summary>
internal sealed class HelpPage(ITerminal terminal) : SynchronousCommandLineAction
{
    /// <summary>Who asks for help need not have typed the rest.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        terminal.Out(HelpText.Render(parseResult.CommandResult.Command));
        return Errors.ExitCode.Done;
    }
}
