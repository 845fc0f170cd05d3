namespace Coop.Landings;

/// <summary>A landing under way, written before anything of the user's changes: whoever finds it later brings branch, index and tree back into one state.</summary>
/// <param name="Branch">The whole name.</param>
/// <param name="From">Where the branch stood.</param>
/// <param name="To">The commit that lands.</param>
/// <param name="Tip">The fork's own commit that this is made of.</param>
/// <param name="LockInode">Of the file that lies in the index's lock's place while the tree changes: so Coop's lock is told from the user's.</param>
internal sealed record LandingJournal(string Fork, string Branch, string From, string To, string Tip, ulong LockInode)
{
    /// <summary>Everything was checked, and files of the tree may have been written: what lies there is git's, or half of it. Before that it is the user's.</summary>
    public bool IsWriting { get; init; }
}
