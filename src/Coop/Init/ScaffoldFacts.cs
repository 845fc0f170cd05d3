namespace Coop.Init;

/// <summary>What the plan of a scaffold depends on.</summary>
/// <param name="HasClaudeSkills">The repository has skills of its own for Claude Code.</param>
/// <param name="Hooks">Who looks at commits now.</param>
/// <param name="HooksPlace">The directory or file of those hooks, fit to be printed; empty for none.</param>
internal sealed record ScaffoldFacts(bool HasClaudeSkills, CommitHooks Hooks, string HooksPlace)
{
    /// <summary>The repository has a <c>.tool-versions</c>.</summary>
    public bool HasToolVersions { get; init; }

    /// <summary>Tools that other files name, as lines of <c>.tool-versions</c>.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Services that the repository's files name, when no file for Compose is there that agents use.</summary>
    public IReadOnlyList<DetectedService> Services { get; init; } = [];
}
