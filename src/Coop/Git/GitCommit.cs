namespace Coop.Git;

/// <summary>One commit, as far as Coop tells of it.</summary>
/// <param name="Id">The whole object name.</param>
/// <param name="Subject">The first line of its message, as its author wrote it: clean it before printing.</param>
/// <param name="Paths">What it changed, sorted as git does; names that git quotes stay quoted.</param>
internal sealed record GitCommit(string Id, string Subject, IReadOnlyList<string> Paths);
