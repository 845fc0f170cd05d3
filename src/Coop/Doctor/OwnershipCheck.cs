namespace Coop.Doctor;

/// <summary>Who owns what a box made.</summary>
internal sealed class OwnershipCheck : IDoctorCheck
{
    public const string MadeFile = "made-file";
    public const string MadeDirectory = "made-directory";
    public const string MadeInside = "made-directory/file";

    private static readonly Promise Owner = new(
        "ownership",
        "What it makes is the repository owner's",
        "Give the repository to the user who runs coop: sudo chown -R $(id -u):$(id -g) ."
    );

    public string Name => "owner";

    public IReadOnlyList<Promise> Promises => [Owner];

    public string Attack(DoctorPlants plants) =>
        $"""
            echo made > {MadeFile}; mkdir -p {MadeDirectory}; echo made > {MadeInside}
            chown 0:0 {MadeFile} && echo 'gave it to root'; chmod 4755 {MadeInside}
            """;

    public IEnumerable<CheckResult> Judge(DoctorEvidence evidence)
    {
        var made = evidence.Host.Made;
        var missing = made.Where(file => file.Value is null).Select(file => $"{file.Key} is not there").ToList();
        yield return missing.Count == made.Count
            ? Owner.NotProved("the box made nothing")
            : Owner.Judge(
                [
                    .. missing,
                    .. made.Where(file => file.Value is { } owner && owner != evidence.Host.Owner)
                        .Select(file => $"{file.Key} belongs to {file.Value}"),
                ],
                $"{made.Count} made: all of {evidence.Host.Owner}"
            );
    }
}
