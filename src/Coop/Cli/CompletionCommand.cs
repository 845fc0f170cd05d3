using System.CommandLine;
using Coop.Errors;
using Coop.Terminal;

namespace Coop.Cli;

/// <summary><c>coop completion</c>: a script for the user's shell, which asks Coop itself what can follow.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # coop completion for bash. Load it: source <(coop completion bash)
        _coop() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(coop "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _coop coop

        """;

    private const string Zsh = """
        #compdef coop
        # coop completion for zsh. Load it: source <(coop completion zsh)
        _coop() {
            local -a answers
            answers=("${(@f)$(coop "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -- $answers
        }
        compdef _coop coop

        """;

    private const string Fish = """
        # coop completion for fish. Load it: coop completion fish | source
        complete -c coop -f -a '(coop "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'

        """;

    private const string PowerShell = """
        # coop completion for PowerShell. Load it: coop completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName coop -ScriptBlock {
            param($word, $ast, $position)
            coop "[suggest:$position]" "$ast" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;

    public static Command Declare(ITerminal terminal)
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh, fish or pwsh." };
        shell.CompletionSources.Add("bash", "zsh", "fish", "pwsh");
        Command command = new("completion", "Print a completion script for a shell.") { shell };
        command.SetAction(parse =>
        {
            terminal.Out(ScriptFor(parse.GetRequiredValue(shell)));
            return ExitCode.Done;
        });
        return command;
    }

    private static string ScriptFor(string shell) =>
        shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            "pwsh" => PowerShell,
            _ => throw UserError.Usage($"There is no completion for '{shell}'.", "Name one of: bash, zsh, fish, pwsh"),
        };
}
