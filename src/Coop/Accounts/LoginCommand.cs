using System.CommandLine;
using Coop.Native;
using Coop.Runs;

namespace Coop.Accounts;

/// <summary><c>coop login</c>: sign in as an account of an agent, in a box that holds that account's settings and nothing else.</summary>
internal static class LoginCommand
{
    /// <param name="words">The target and what the agent's own login is told, taken apart before the parser saw them.</param>
    public static Command Declare(Func<LoginRunner> runner, IReadOnlyList<CString> words)
    {
        Command command = new(
            ArgumentSplit.LoginCommandName,
            "Sign in as an account of an agent, in a box that has only its home; again to switch."
        );
        command.SetAction(
            (_, cancellationToken) =>
                runner()
                    .RunAsync(
                        words.Count == 0 ? null : words[0].ToString(),
                        [.. words.Skip(words.Count > 1 && words[1].ToString() == "--" ? 2 : 1)],
                        cancellationToken
                    )
        );
        return command;
    }
}
