namespace Coop.Clones;

/// <summary>Who commits, and how the user signs; the user's own values, none of a repository that an agent could write.</summary>
/// <param name="Signing">The configuration for signing, whole keys and values; empty when the user does not sign commits.</param>
internal sealed record GitIdentity(string Name, string Email, IReadOnlyList<KeyValuePair<string, string>> Signing)
{
    public bool Signs => Signing.Count > 0;
}
