using System.CommandLine;
using Coop.Configuration;
using Coop.Errors;
using Coop.Terminal;

namespace Coop.Upkeep;

/// <summary><c>coop config</c>: every setting, its value and where it came from.</summary>
internal static class ConfigCommand
{
    public static Command Declare(Func<Settings> settings, ITerminal terminal)
    {
        Option<bool> json = new("--json") { Description = "Print one JSON document." };
        Command command = new("config", "Show every setting, its value and where it came from.") { json };
        command.SetAction(parse =>
        {
            terminal.Out(parse.GetValue(json) ? ConfigJson.Render(settings().Values) : ConfigText.Render(settings().Values));
            return ExitCode.Done;
        });
        return command;
    }
}
