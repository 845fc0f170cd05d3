namespace Coop.Agents;

/// <summary>How long a credential lasts, as far as its file says; never what it is.</summary>
/// <param name="IsReadable">False when the file is not what the agent writes, by its form: no JSON.</param>
/// <param name="Expires">Null when the file does not tell, or it does not expire.</param>
/// <param name="Renews">The agent renews it by itself when it has expired.</param>
internal sealed record CredentialTerm(bool IsReadable, DateTimeOffset? Expires, bool Renews)
{
    public static CredentialTerm Unreadable { get; } = new(false, null, false);

    /// <summary>Nothing is told: good until the provider says otherwise.</summary>
    public static CredentialTerm Lasting { get; } = new(true, null, false);

    public bool HasExpired(DateTimeOffset now) => !Renews && Expires is { } end && end <= now;
}
