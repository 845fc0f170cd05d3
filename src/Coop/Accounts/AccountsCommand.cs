using System.CommandLine;
using System.Text.Json;
using Coop.Configuration;
using Coop.Errors;
using Coop.Logins;
using Coop.Terminal;

namespace Coop.Accounts;

/// <summary><c>coop accounts</c>: who is signed in.</summary>
internal static class AccountsCommand
{
    public static Command Declare(Func<Settings> settings, ITerminal terminal, TimeProvider time)
    {
        Option<bool> json = new("--json") { Description = "Print one JSON document." };
        Command command = new("accounts", "Show who is signed in to which agent, and what has expired.") { json };
        command.SetAction(parse =>
        {
            var accounts = new AccountList(settings().ConfigDirectory, time).Read();
            if (parse.GetValue(json))
            {
                IReadOnlyList<AccountsJson> rows = [.. accounts.Select(AccountsJson.From)];
                terminal.Out(JsonSerializer.Serialize(rows, AccountsJsonContext.Default.IReadOnlyListAccountsJson) + "\n");
                return ExitCode.Done;
            }

            terminal.Out(AccountsText.Render(accounts, time.LocalTimeZone));
            if (accounts.Count == 0)
            {
                terminal.Say("Nobody is signed in.");
                terminal.Say("Sign in: coop login claude");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
