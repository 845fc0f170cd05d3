using Coop.Boxes;

namespace Coop.Doctor;

/// <summary>All there is to judge by: what the box printed, section by section, and what the host saw.</summary>
/// <param name="Sections">The output of each check's attack, by its name.</param>
/// <param name="RanToTheEnd">The attack came to its last line.</param>
internal sealed record DoctorEvidence(
    DoctorPlants Plants,
    BoxPlan Plan,
    IReadOnlyDictionary<string, string> Sections,
    bool RanToTheEnd,
    HostFindings Host
)
{
    /// <summary>What the check's attack printed; empty when it never ran.</summary>
    public string Of(IDoctorCheck check) => Sections.GetValueOrDefault(check.Name, "");

    public IReadOnlyList<string> LinesOf(IDoctorCheck check) => Of(check).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The box read the project at all, so that what it did not read was kept from it.</summary>
    public bool ReadsTheProject => Sections.Values.Any(text => text.Contains(Plants.VisibleMark, StringComparison.Ordinal));

    /// <summary>Which of these the check's attack got to see.</summary>
    public IReadOnlyList<string> Leaks(IDoctorCheck check, IEnumerable<PlantedSecret> secrets) =>
        [
            .. secrets
                .Where(secret => Of(check).Contains(secret.Mark, StringComparison.Ordinal))
                .Select(secret => $"the box read {secret.Path}"),
        ];
}
