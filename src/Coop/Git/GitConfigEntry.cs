namespace Coop.Git;

/// <summary>One value of git's configuration.</summary>
/// <param name="Scope"><c>system</c>, <c>global</c>, <c>local</c>, <c>worktree</c> or <c>command</c>.</param>
/// <param name="Origin">Where it stands, as <c>file:PATH</c> with the path as git prints it.</param>
/// <param name="Key">Section and name in lower case; a subsection keeps its case.</param>
/// <param name="Value">Null for a key without a value, which git reads as true.</param>
internal sealed record GitConfigEntry(string Scope, string Origin, string Key, string? Value);
