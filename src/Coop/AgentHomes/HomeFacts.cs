namespace Coop.AgentHomes;

/// <summary>What was read to plan an agent's home. No record: it holds secrets, which have no printed form.</summary>
internal sealed class HomeFacts
{
    /// <summary><c>$HOME</c> of the box.</summary>
    public required string HomeInBox { get; init; }

    /// <summary>The repository's path, which is the same in the box.</summary>
    public required string Repository { get; init; }

    /// <summary>The user's directory of this account, for messages.</summary>
    public required string UserDirectory { get; init; }

    /// <summary>The user's own files among <see cref="HomeShape.MergedNames"/>.</summary>
    public required IReadOnlyDictionary<string, byte[]> UserFiles { get; init; }

    /// <summary>The same names as this repository's box has them from earlier runs; an agent may have written anything there.</summary>
    public required IReadOnlyDictionary<string, byte[]> BoxFiles { get; init; }

    /// <summary>The user's variables that reach this box.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required IReadOnlyList<McpServer> McpServers { get; init; }

    /// <summary>The name of the credential that crosses; null when there is none.</summary>
    public required string? CredentialName { get; init; }

    public string? Variable(string name) => Variables.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public string UserPath(string name) => Path.Combine(UserDirectory, name);
}
