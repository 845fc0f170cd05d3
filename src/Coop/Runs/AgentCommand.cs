using System.CommandLine;
using Coop.Agents;
using Coop.Configuration;
using Coop.Native;

namespace Coop.Runs;

/// <summary><c>coop claude</c> and its like: an agent in the box, interactively, with the words that follow passed on verbatim.</summary>
internal static class AgentCommand
{
    public const string StrictOption = "--strict";

    public static Command Declare(Func<RunSession> session, Func<Settings> settings, IReadOnlyList<CString> program)
    {
        Argument<string> target = new("target") { Description = "agent[:model][/effort][@account]." };
        Option<bool> strict = new(StrictOption)
        {
            Description = "Ask before keeping files that this machine would run by itself.",
        };
        Command command = new(
            ArgumentSplit.AgentCommandName,
            "Run an agent with its brakes off in a box that holds this repository and nothing else."
        )
        {
            target,
            strict,
        };
        command.Hidden = true;
        command.SetAction(
            (parse, cancellationToken) =>
            {
                var chosen = AgentRequests.Target(parse.GetRequiredValue(target), settings());
                var request = AgentRequests.Make(chosen, new AgentErrand.Interactive(), resume: null, settings(), program);
                return session().RunAsync(request, parse.GetValue(strict), cancellationToken);
            }
        );
        return command;
    }

    /// <summary>True for words that begin with an agent of the catalog, or with a name that has a command of the user's (<c>COOP_&lt;NAME&gt;_CMD</c> in the environment).</summary>
    public static bool IsTarget(string word, HostEnvironment host)
    {
        var name = AgentTarget.AgentNameOf(word);
        return AgentCatalog.Find(name) is not null
            || (
                IsName(name)
                && SettingCatalog.All.All(setting => setting.Key != AgentSettings.CommandKey(name))
                && host.GetFilled(AgentSettings.CommandKey(name)) is not null
            );
    }

    private static bool IsName(string word) =>
        word.Length > 0 && word[0] != '-' && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
