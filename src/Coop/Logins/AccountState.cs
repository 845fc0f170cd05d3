namespace Coop.Logins;

/// <summary>An account that is signed in, or was; what it is signed in with is never part of it.</summary>
/// <param name="Means"><c>login</c>, the name of a variable that holds a key, or <c>settings</c> for a provider of the user's own.</param>
/// <param name="Since">When the login was made or last renewed; null for other means.</param>
/// <param name="Expires">Null when it does not expire or does not tell.</param>
/// <param name="Standing">Whether it can be used.</param>
/// <param name="IsDefault">The one that is taken when no target is named: the first that can be used.</param>
internal sealed record AccountState(
    LoginPlace Place,
    string Means,
    DateTimeOffset? Since,
    DateTimeOffset? Expires,
    AccountStanding Standing,
    bool IsDefault
);
