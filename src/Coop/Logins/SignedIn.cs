using Coop.Agents;

namespace Coop.Logins;

/// <summary>Whether an agent can reach its provider as an account, as far as its files and variables tell.</summary>
internal static class SignedIn
{
    /// <param name="login">The account's; null when it has none.</param>
    /// <param name="variables">True for a variable that the user set for boxes.</param>
    public static bool By(LoginPlace place, StoredLogin? login, Func<string, bool> variables) =>
        login is not null
        || KeyOf(place.Agent, variables) is not null
        || place.Agent.AccessVariables.Any(variables)
        || HasOwnProvider(place);

    /// <summary>The first key of the agent's that is set; null without one.</summary>
    public static string? KeyOf(IAgent agent, Func<string, bool> variables) => agent.KeyVariables.FirstOrDefault(variables);

    // Settings that name another provider than the agent's own bring their own way in.
    private static bool HasOwnProvider(LoginPlace place) =>
        place.Agent.Home is { ProviderKey: { } key, MergedNames: [var name, ..] }
        && Storage.BoundedFile.Read(Path.Combine(place.Directory, name), 1_000_000) is { } settings
        && System.Text.Encoding.UTF8.GetString(settings).Contains(key, StringComparison.Ordinal);
}
