using Coop.Agents;

namespace Coop.Logins;

/// <summary>A login's file. No record: it is a secret, which has no printed form.</summary>
/// <param name="name">Below the account's directory, and below the agent's in a home.</param>
internal sealed class StoredLogin(string name, byte[] content, CredentialTerm term, DateTimeOffset since)
{
    public string Name => name;

    public byte[] Content => content;

    public CredentialTerm Term => term;

    /// <summary>When it was last written.</summary>
    public DateTimeOffset Since => since;
}
