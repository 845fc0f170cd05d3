using Coop.Storage;

namespace Coop.Clones;

/// <summary>How a rebase ended.</summary>
internal abstract record RebaseOutcome
{
    private RebaseOutcome() { }

    /// <param name="Tip">The last commit, on top of where it was to land.</param>
    internal sealed record Done(string Tip) : RebaseOutcome;

    /// <param name="Paths">The files in conflict; empty when something else went wrong.</param>
    /// <param name="Reason">What git said, cleaned.</param>
    internal sealed record Conflict(IReadOnlyList<BytePath> Paths, string Reason) : RebaseOutcome;
}
