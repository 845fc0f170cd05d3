using System.CommandLine;
using Coop.Agents;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Native;

namespace Coop.Runs;

/// <summary><c>coop claude</c> and its like: an agent in the box, interactively, with the words that follow passed on verbatim.</summary>
internal static class AgentCommand
{
    public const string StrictOption = "--strict";

    public static Command Declare(Func<RunSession> session, Func<Settings> settings, IReadOnlyList<CString> program)
    {
        Argument<string> target = new("target") { Description = "The agent's name." };
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
                var request = Request(parse.GetRequiredValue(target), settings(), program);
                return session().RunAsync(request, parse.GetValue(strict), cancellationToken);
            }
        );
        return command;
    }

    /// <summary>True for agents of the catalog and for names with a command of the user's (<c>COOP_&lt;NAME&gt;_CMD</c> in the environment).</summary>
    public static bool IsTarget(string word, HostEnvironment host) =>
        AgentCatalog.Find(word) is not null
        || (
            IsName(word)
            && SettingCatalog.IsAgentCommand(Agent.CommandSettingFor(word))
            && host.GetFilled(Agent.CommandSettingFor(word)) is not null
        );

    private static bool IsName(string word) =>
        word.Length > 0 && word[0] != '-' && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>What an agent of that name runs.</summary>
    /// <exception cref="UserError">Nobody knows it.</exception>
    public static BoxRequest Request(string name, Settings settings, IReadOnlyList<CString> program)
    {
        var known = AgentCatalog.Find(name);
        var words =
            settings.AgentCommand(Agent.CommandSettingFor(name))
            ?? known?.Command
            ?? throw UserError.Usage($"Coop knows no agent '{name}'.", $"Name its command: {Agent.CommandSettingFor(name)}='…'");
        return new BoxRequest(
            BoxRole.Agent,
            [.. words.Select(word => CString.From(word)), .. program],
            known ?? new Agent(name, words, [], [])
        );
    }
}
