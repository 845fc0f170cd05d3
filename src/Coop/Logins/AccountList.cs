using Coop.Agents;
using Coop.Errors;

namespace Coop.Logins;

/// <summary>Finds every account that is signed in.</summary>
internal sealed class AccountList(string configDirectory, TimeProvider time)
{
    /// <summary>In the catalog's order, an agent's default account before its others.</summary>
    /// <exception cref="UserError">The file with variables cannot be read.</exception>
    public IReadOnlyList<AccountState> Read()
    {
        var variables = UserVariables
            .Read(configDirectory)
            .Where(variable => variable.Value.Length > 0)
            .Select(variable => variable.Key)
            .ToHashSet(StringComparer.Ordinal);
        List<AccountState> found = [];
        foreach (var agent in AgentCatalog.All)
        {
            foreach (var account in AccountsOf(agent))
            {
                if (StateOf(LoginPlace.Of(agent, account, configDirectory), variables.Contains) is { } state)
                {
                    found.Add(
                        state with
                        {
                            IsDefault = state.Standing == AccountStanding.Good && !found.Exists(other => other.IsDefault),
                        }
                    );
                }
            }
        }

        return found;
    }

    private IEnumerable<string?> AccountsOf(IAgent agent)
    {
        yield return null;

        if (!Directory.Exists(configDirectory))
        {
            yield break;
        }

        var prefix = agent.Name + "@";
        foreach (var path in Directory.EnumerateDirectories(configDirectory, prefix + "*").Order(StringComparer.Ordinal))
        {
            var account = Path.GetFileName(path)[prefix.Length..];
            if (AgentTarget.IsAccount(account))
            {
                yield return account;
            }
        }
    }

    private AccountState? StateOf(LoginPlace place, Func<string, bool> variables)
    {
        try
        {
            if (CredentialStore.Read(place) is { } login)
            {
                var standing =
                    !login.Term.IsReadable ? AccountStanding.Unreadable
                    : login.Term.HasExpired(time.GetUtcNow()) ? AccountStanding.Expired
                    : AccountStanding.Good;

                // What the agent renews by itself has no end that a person need know.
                var expires = login.Term.Renews ? null : login.Term.Expires;
                return new AccountState(place, "login", login.Since, expires, standing, IsDefault: false);
            }
        }
        catch (UserError)
        {
            return new AccountState(place, "login", null, null, AccountStanding.Unreadable, IsDefault: false);
        }

        // A key is there for every account of its agent; only the default one is told.
        var means = place.Account is not null
            ? null
            : SignedIn.KeyOf(place.Agent, variables) ?? place.Agent.AccessVariables.FirstOrDefault(variables);
        means ??= SignedIn.By(place, null, _ => false) ? "settings" : null;
        return means is null ? null : new AccountState(place, means, null, null, AccountStanding.Good, IsDefault: false);
    }
}
