using System.Globalization;
using Coop.Boxes;
using Coop.BoxPlanning;
using Coop.Configuration;
using Coop.Errors;
using Coop.Logins;
using Coop.Places;
using Coop.Storage;

namespace Coop.Runs;

/// <summary>Looks up what an agent's box gets as its home, and refuses before the start when the agent could not reach its provider.</summary>
internal sealed class HomePreparation(UserDirectories directories, TimeProvider time)
{
    /// <exception cref="UserError">Nobody is signed in, or a file of the user's is wrong.</exception>
    public BoxRequest Complete(BoxRequest request, BoxFacts facts, Settings settings)
    {
        if (request.Agent is not { Home: not null } agent)
        {
            return request;
        }

        var isSignIn = request.Role == BoxRole.Login;
        var place = LoginPlace.Of(agent, request.Account, settings.ConfigDirectory);
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (var variable in BoxPlanner.VariablesFor(request, facts))
        {
            variables[variable.Name] = variable.Value;
        }

        if (!isSignIn && !request.HasOwnCommand)
        {
            RequireSignIn(place, variables, settings);
        }

        if (!settings.KeepHomes)
        {
            return request;
        }

        var home = StatePaths.Home(directories, facts.Location.Root, request.AccountName);
        HomeCollector collector = new(settings.ConfigDirectory, settings.McpFile);
        var repository = facts.Location.Root.ToString();
        return request with { Home = collector.Collect(place, home, settings.HomeInBox, repository, variables, isSignIn) };
    }

    private void RequireSignIn(LoginPlace place, Dictionary<string, string> variables, Settings settings)
    {
        var login = settings.KeepHomes ? CredentialStore.Read(place) : null;
        if (SignedIn.By(place, login, IsSet))
        {
            if (login is { Term: var term } && term.HasExpired(time.GetUtcNow()) && SignedIn.KeyOf(place.Agent, IsSet) is null)
            {
                throw new UserError(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The login of {place.Name} expired on {term.Expires:yyyy-MM-dd HH:mm} UTC."
                    ),
                    $"Sign in again: coop login {place.Name}"
                );
            }

            return;
        }

        var key = place.Agent.KeyVariables is [var first, ..] ? $", or put {first}=… into {settings.ConfigDirectory}/env" : "";
        throw new UserError($"Nobody is signed in as {place.Name}.", $"Sign in: coop login {place.Name}{key}");

        bool IsSet(string variable) => variables.TryGetValue(variable, out var value) && value.Length > 0;
    }
}
