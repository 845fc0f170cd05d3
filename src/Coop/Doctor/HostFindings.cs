using Coop.Boxes;

namespace Coop.Doctor;

/// <summary>What the host saw for itself when the box had ended. No word of the box is in it.</summary>
internal sealed record HostFindings
{
    /// <summary>Paths of secrets that are not what they were.</summary>
    public required IReadOnlyList<string> ChangedSecrets { get; init; }

    /// <summary>Something of the box came through the pipe that lies in the project.</summary>
    public required bool PipeWasWritten { get; init; }

    public required bool LoopbackWasReached { get; init; }

    /// <summary>Null where the host has no such sockets.</summary>
    public required bool? SocketWasReached { get; init; }

    /// <summary>Inode and name of what the user's home holds, as <c>ls -i</c> shows them.</summary>
    public required IReadOnlyList<string> HomeEntries { get; init; }

    /// <summary>Variables of Coop's own environment, <c>NAME=value</c>.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    /// <summary>Those that the image sets by itself, in the same form.</summary>
    public required IReadOnlyList<string> ImageVariables { get; init; }

    /// <summary>The kernel's name of the space that Coop's own process number lives in; null where it does not tell.</summary>
    public required string? ProcessSpace { get; init; }

    /// <summary>What stands in the git directory that git on the host would obey and that was not there before.</summary>
    public required IReadOnlyList<string> PlantedControls { get; init; }

    /// <summary>The nested repository that the box made is still where git would find it.</summary>
    public required bool NestedRepositoryIsThere { get; init; }

    /// <summary>Paths that commits of the box touched.</summary>
    public required IReadOnlyList<string> CommittedPaths { get; init; }

    /// <summary>Who should own what the box made.</summary>
    public required UserAndGroup Owner { get; init; }

    /// <summary>Who does, by path; null for what is not there.</summary>
    public required IReadOnlyDictionary<string, UserAndGroup?> Made { get; init; }

    /// <summary>What was found and moved when the box had ended.</summary>
    public required GuardReport Guard { get; init; }
}
