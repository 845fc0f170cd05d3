using Coop.Boxes;
using Coop.Configuration;
using Coop.Git;
using Coop.GitControls;
using Coop.Masking;
using Coop.Repositories;
using Coop.Shadowing;
using Coop.Storage;

namespace Coop.BoxPlanning;

/// <summary>Everything that was read to plan a box.</summary>
internal sealed record BoxFacts
{
    public required string RunId { get; init; }

    public required EngineKind Engine { get; init; }

    public required UserAndGroup Caller { get; init; }

    public required RepositoryLocation Location { get; init; }

    public required UserAndGroup RepositoryOwner { get; init; }

    /// <summary>Where Coop was started; within the repository.</summary>
    public required BytePath StartDirectory { get; init; }

    public required GitConfiguration GitConfiguration { get; init; }

    /// <summary>The content of the user's global ignore file; empty when there is none.</summary>
    public required string GlobalIgnores { get; init; }

    public required TerminalFacts Terminal { get; init; }

    /// <summary>What git on the host obeys and the box must not change.</summary>
    public required GitControlSet GitControls { get; init; }

    /// <summary>What the box must not see of the tree.</summary>
    public required HiddenPaths Hidden { get; init; }

    /// <summary>Tracked files in which a token stands, which the box sees all the same.</summary>
    public IReadOnlyList<VisibleToken> VisibleTokens { get; init; } = [];

    /// <summary>Of what is hidden, the files that git tracks, as its index keeps them.</summary>
    public required IReadOnlyList<TrackedFile> TrackedHidden { get; init; }

    /// <summary>Lines of the user's <c>env</c> file.</summary>
    public required IReadOnlyList<BoxVariable> UserVariables { get; init; }

    /// <summary>The way out of the host's network, where it is a proxy; may hold a password.</summary>
    public required IReadOnlyList<BoxVariable> Proxies { get; init; }

    /// <summary>Authorities that the host trusts besides the usual ones, as PEM text.</summary>
    public required IReadOnlyList<string> Certificates { get; init; }

    /// <summary>The repository has a <c>Dockerfile.agent</c>.</summary>
    public required bool HasOwnImage { get; init; }

    /// <summary>The tools that the repository wants; null when it names none, or the setting says to go without.</summary>
    public required ToolVersions? Tools { get; init; }

    /// <summary>The directory of agents for boxes without an image; null when there is none, or the engine has images.</summary>
    public required BytePath? Agents { get; init; }

    /// <summary>This program's file.</summary>
    public required string ProgramPath { get; init; }

    public required UserDirectories Directories { get; init; }

    /// <summary>Null for a plan that is only printed.</summary>
    public required BytePath? LineDirectory { get; init; }
}
