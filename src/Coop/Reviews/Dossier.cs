namespace Coop.Reviews;

/// <summary>Everything a reviewer is shown of a fork.</summary>
/// <param name="Fork">Its name.</param>
/// <param name="Onto">The branch it would land on, as people write it.</param>
/// <param name="Base">The commit that branch and fork have in common.</param>
/// <param name="Tip">The fork's last commit.</param>
/// <param name="Behind">Commits of the branch that the fork has not.</param>
/// <param name="Commits">Oldest first.</param>
/// <param name="Files">The riskiest first.</param>
/// <param name="Findings">What refuses a merge first.</param>
/// <param name="Account">The end of <c>.agent/LOG.md</c>, clean; empty without one.</param>
/// <param name="Notes">Sentences about the fork itself: what is not committed, where its HEAD stands, what changed since the last review.</param>
internal sealed record Dossier(
    string Fork,
    string Onto,
    string Base,
    string Tip,
    int Behind,
    IReadOnlyList<ReviewedCommit> Commits,
    IReadOnlyList<ReviewedFile> Files,
    IReadOnlyList<ReviewFinding> Findings,
    string Account,
    IReadOnlyList<string> Notes
)
{
    public int Added => Files.Sum(file => file.Added ?? 0);

    public int Removed => Files.Sum(file => file.Removed ?? 0);

    public IEnumerable<ReviewFinding> Refusals => Findings.Where(finding => finding.Refuses);
}
