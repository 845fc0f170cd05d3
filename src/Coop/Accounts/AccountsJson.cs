using Coop.Logins;

namespace Coop.Accounts;

/// <summary>One account for machines.</summary>
internal sealed record AccountsJson(
    string Agent,
    string? Account,
    string Target,
    string Means,
    string State,
    DateTimeOffset? Since,
    DateTimeOffset? Expires,
    bool Default
)
{
    public static AccountsJson From(AccountState state) =>
        new(
            state.Place.Agent.Name,
            state.Place.Account,
            state.Place.Name,
            state.Means,
            state.Standing.ToString().ToLowerInvariant(),
            state.Since,
            state.Expires,
            state.IsDefault
        );
}
