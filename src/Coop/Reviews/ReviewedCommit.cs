using Coop.Clones;

namespace Coop.Reviews;

/// <summary>A commit beside what it does.</summary>
/// <param name="Files">How many paths it touches.</param>
internal sealed record ReviewedCommit(ScratchCommit Commit, int Files);
