namespace Coop.Clones;

/// <summary>Where HEAD stands.</summary>
/// <param name="Branch">The whole name, <c>refs/heads/…</c>; null when HEAD is detached.</param>
/// <param name="Commit">Null before the first commit.</param>
internal sealed record BranchPosition(string? Branch, string? Commit)
{
    /// <summary>The branch as people write it.</summary>
    public string? BranchName => Branch?["refs/heads/".Length..];
}
