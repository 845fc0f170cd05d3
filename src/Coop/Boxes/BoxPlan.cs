using Coop.Configuration;
using Coop.GitControls;
using Coop.Logins;
using Coop.Masking;
using Coop.Native;
using Coop.Repositories;
using Coop.Shadowing;
using Coop.Storage;

namespace Coop.Boxes;

/// <summary>Everything about one box, decided. Engines turn it into arguments; nothing is looked up after it.</summary>
internal sealed record BoxPlan
{
    /// <summary>Eight hexadecimal digits, new for each run.</summary>
    public required string RunId { get; init; }

    /// <summary>The container's name.</summary>
    public required string Name { get; init; }

    public required EngineKind Engine { get; init; }

    /// <summary>Null on bubblewrap, which has none.</summary>
    public required string? Image { get; init; }

    public required BoxRole Role { get; init; }

    /// <summary>What the box is for, in one word: the agent's name, or the role's.</summary>
    public required string Target { get; init; }

    public required BytePath Repository { get; init; }

    /// <summary>As <see cref="BoxRequest.IsForeign"/>.</summary>
    public required bool IsForeign { get; init; }

    public required RepositoryLocation Location { get; init; }

    /// <summary>What git on the host obeys; compared when the box has ended.</summary>
    public required GitControlSet GitControls { get; init; }

    public required BoxUser User { get; init; }

    public required IReadOnlyList<Mount> Mounts { get; init; }

    /// <summary>What root prepares before the start; empty where sources are mounted as they are.</summary>
    public required IReadOnlyList<StagedSource> Staging { get; init; }

    /// <summary>Below it everything is staged; made and removed by the run. Null when nothing is.</summary>
    public required BytePath? StagingDirectory { get; init; }

    public required IReadOnlyList<PlannedFile> Files { get; init; }

    /// <summary>Of <see cref="Files"/>, the one that names the masks, when they are too many for arguments; null otherwise.</summary>
    public required PlannedFile? MaskFile { get; init; }

    public required IReadOnlyList<PlannedDirectory> Directories { get; init; }

    /// <summary>Files of the same size and time share one.</summary>
    public required IReadOnlyList<PlannedDecoy> Decoys { get; init; }

    /// <summary>How many hidden paths git tracks, or hold what it tracks: their history can still be read.</summary>
    public required int TrackedPaths { get; init; }

    /// <summary>Null when the box has none.</summary>
    public required PlannedTools? Tools { get; init; }

    /// <summary>What the box does not see, and why.</summary>
    public required HiddenPaths Hidden { get; init; }

    /// <summary>Tracked files in which a token stands, which the box sees all the same.</summary>
    public IReadOnlyList<VisibleToken> VisibleTokens { get; init; } = [];

    /// <summary>What is laid into the home before the start; null when the box has none of an agent's.</summary>
    public required AgentHomePlan? AgentHome { get; init; }

    /// <summary>Sorted by name.</summary>
    public required IReadOnlyList<BoxVariable> Environment { get; init; }

    /// <summary><c>KEY=value</c>; travels over the lifeline, never in arguments, where every user of the host could read it.</summary>
    public required IReadOnlyList<CString> SecretEnvironment { get; init; }

    public required BytePath WorkingDirectory { get; init; }

    public required string HomeInBox { get; init; }

    public required EgressMode Egress { get; init; }

    /// <summary>Ports of the host's loopback that the box reaches at the same address of its own.</summary>
    public required IReadOnlyList<int> HostPorts { get; init; }

    public required BoxLimits Limits { get; init; }

    /// <summary>The box gets a terminal of its own.</summary>
    public required bool HasTerminal { get; init; }

    /// <summary>Coop's standard input is a terminal, which the engine's client reads from too: it must stay in the foreground group.</summary>
    public required bool ReadsTerminal { get; init; }

    /// <summary>Labels of the container, sorted by key.</summary>
    public required IReadOnlyList<BoxVariable> Labels { get; init; }

    public required IReadOnlyList<string> ExtraArguments { get; init; }

    /// <summary>The program and its words; never empty.</summary>
    public required IReadOnlyList<CString> Command { get; init; }

    /// <summary>The lifeline's directory on the host; null in a plan that is only printed, whose command runs without Coop.</summary>
    public required BytePath? LineDirectory { get; init; }

    public int CountOf(MountPurpose purpose) => Mounts.Count(mount => mount.Purpose == purpose);
}
