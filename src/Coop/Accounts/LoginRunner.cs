using Coop.Agents;
using Coop.Configuration;
using Coop.Errors;
using Coop.Logins;
using Coop.Native;
using Coop.Places;
using Coop.Runs;
using Coop.Storage;
using Coop.Terminal;

namespace Coop.Accounts;

/// <summary>Starts an agent's own login in a box of its own, and keeps what it left.</summary>
/// <param name="sessions">Makes a session for the machine as a throw-away project sees it.</param>
internal sealed class LoginRunner(
    HostEnvironment host,
    UserDirectories directories,
    Settings settings,
    Func<HostEnvironment, Settings, RunSession> sessions,
    ITerminal terminal,
    TimeProvider time
)
{
    /// <param name="word">The target; null asks for it.</param>
    /// <param name="words">For the agent's own login; empty for its usual way.</param>
    public async Task<int> RunAsync(string? word, IReadOnlyList<CString> words, CancellationToken cancellationToken)
    {
        var target = AgentRequests.Target(word ?? Ask(), settings);
        if (target.Agent.Home is null)
        {
            throw UserError.Usage(
                $"'{target.Agent.Name}' is a command of yours: Coop does not know how it signs in.",
                $"Put what it needs into {Path.Combine(settings.ConfigDirectory, UserVariables.FileName)}"
            );
        }

        using var project = ThrowawayProject.Create(host.GetFilled("TMPDIR") ?? "/tmp", "coop-login");
        var seen = project.Seen(host, host.Variables, Overrides());
        var chosen = SettingsReader.Read(seen, directories);
        var request = AgentRequests.Make(target, new AgentErrand.Login(HasWords: words.Count > 0), resume: null, chosen, words);
        var code = await sessions(seen, chosen).RunAsync(request, isStrict: false, cancellationToken);
        if (code != ExitCode.Done)
        {
            return code;
        }

        var home = StatePaths.Home(UserDirectories.From(seen.Get), project.Project, target.AccountName);
        Keep(target, home);
        terminal.Say($"Signed in as {target.AccountName}.");
        return ExitCode.Done;
    }

    private void Keep(AgentTarget target, BytePath home)
    {
        var place = LoginPlace.Of(target.Agent, target.Account, settings.ConfigDirectory);
        var shape = target.Agent.Home!;
        foreach (var name in shape.CredentialNames)
        {
            var path = BytePath.From(shape.Directory).Join(name);
            if (HomeWriter.Read(home, path, CredentialStore.LimitBytes) is { } content)
            {
                if (!target.Agent.ReadCredential(content).IsReadable)
                {
                    throw new UserError(
                        $"{target.Agent.Title} left a login that Coop cannot read.",
                        "Its form may be newer than this Coop; look for a newer one: coop version"
                    );
                }

                new CredentialStore(directories, time).Put(place, name, content);
                return;
            }
        }

        throw new UserError(
            $"{target.Agent.Title} ended without a login; nothing was changed.",
            $"Try again, to the end: coop login {target.AccountName}"
        );
    }

    private string Ask()
    {
        var names = string.Join(", ", AgentCatalog.All.Select(agent => agent.Name));
        if (terminal.InputIsTerminal && terminal.ErrorIsTerminal)
        {
            terminal.Error($"coop: Sign in to which agent ({names})? ");
            if (terminal.ReadLine()?.Trim() is { Length: > 0 } answer)
            {
                return answer;
            }
        }

        throw UserError.Usage("coop login needs an agent.", $"Name one of {names}, for example: coop login claude");
    }

    // The user's settings in all but what names places of a repository's; the home is needed, and nothing of it stays.
    private IEnumerable<(string Name, string Value)> Overrides()
    {
        yield return (SettingCatalog.Repository, "");
        yield return (SettingCatalog.WorkingDirectory, "");
        yield return (SettingCatalog.ConfigDirectory, settings.ConfigDirectory);
        yield return (SettingCatalog.Homes, "1");
        yield return (SettingCatalog.Cache, "0");
    }
}
