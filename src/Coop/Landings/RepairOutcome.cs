using Coop.Storage;

namespace Coop.Landings;

/// <summary>What became of a landing that a killed Coop left.</summary>
/// <param name="Landed">It was finished; else it was taken back.</param>
/// <param name="Rescued">Files that were set aside, relative to the root.</param>
/// <param name="Place">Where they are.</param>
internal sealed record RepairOutcome(LandingJournal Journal, bool Landed, IReadOnlyList<BytePath> Rescued, BytePath Place)
{
    public IEnumerable<string> Lines()
    {
        var branch = Journal.Branch["refs/heads/".Length..];
        yield return Landed
            ? $"The landing of fork '{Journal.Fork}' had been interrupted; it is finished: {branch} stands on {Journal.To[..10]}."
            : $"The landing of fork '{Journal.Fork}' had been interrupted; it was taken back: {branch} is as it was.";
        if (Rescued.Count > 0)
        {
            yield return $"{Rescued.Count} half-written or edited {(Rescued.Count == 1 ? "file" : "files")} set aside in '{Place}'.";
        }
    }
}
