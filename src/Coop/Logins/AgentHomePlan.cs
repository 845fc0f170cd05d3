using Coop.AgentHomes;
using Coop.Storage;

namespace Coop.Logins;

/// <summary>What is laid into a box's home before it starts. No record: it holds secrets, which have no printed form.</summary>
internal sealed class AgentHomePlan
{
    public required LoginPlace Place { get; init; }

    /// <summary>The box's home on the host; what a box wrote, and may be writing.</summary>
    public required BytePath Home { get; init; }

    /// <summary>Everything but the login, below the agent's directory.</summary>
    public required IReadOnlyList<HomeFile> Files { get; init; }

    /// <summary>The name of the login that crosses; null when none does.</summary>
    public required string? CredentialName { get; init; }

    /// <summary>A file's path below the home.</summary>
    public BytePath PathOf(string name) => BytePath.From(Place.Agent.Home!.Directory).Join(name);
}
