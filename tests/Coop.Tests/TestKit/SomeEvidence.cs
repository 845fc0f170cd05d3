using Coop.Boxes;
using Coop.Configuration;
using Coop.Doctor;

namespace Coop.TestKit;

/// <summary>Evidence of a box in which everything held, for checks to judge; a test changes what it is about.</summary>
internal static class SomeEvidence
{
    public static readonly UserAndGroup Owner = new(1234, 1234);

    public static readonly HostFindings GoodHost = new()
    {
        ChangedSecrets = [],
        PipeWasWritten = false,
        LoopbackWasReached = false,
        SocketWasReached = false,
        HomeEntries = ["4711 Documents", "4712 .ssh"],
        Variables = ["PATH=/usr/bin", "TOKEN=abc", "FROM_IMAGE=1"],
        ImageVariables = ["FROM_IMAGE=1"],
        ProcessSpace = "pid:[1]",
        PlantedControls = [],
        NestedRepositoryIsThere = false,
        CommittedPaths = [DoctorPlants.Readme],
        Owner = Owner,
        Made = new Dictionary<string, UserAndGroup?>(StringComparer.Ordinal)
        {
            ["made-file"] = Owner,
            ["made-directory"] = Owner,
        },
        Guard = GuardReport.Nothing,
    };

    /// <summary>What one check's attack printed; the box could read its project.</summary>
    public static DoctorEvidence Saying(IDoctorCheck check, params string[] lines) => Saying(check, new DoctorPlants(), lines);

    public static DoctorEvidence Saying(IDoctorCheck check, DoctorPlants plants, params string[] lines) =>
        new(
            plants,
            SomePlan.On(EngineKind.Bubblewrap),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["control"] = plants.VisibleMark,
                [check.Name] = string.Concat(lines.Select(line => line + "\n")),
            },
            RanToTheEnd: true,
            GoodHost
        );

    /// <summary>The outcome of each promise, in order.</summary>
    public static string Outcomes(this IDoctorCheck check, DoctorEvidence evidence) =>
        string.Join(' ', check.Judge(evidence).Select(result => result.Outcome));

    /// <summary>The one result that is not «held».</summary>
    public static CheckResult TheBadOne(this IDoctorCheck check, DoctorEvidence evidence) =>
        check.Judge(evidence).Single(result => result.Outcome != CheckOutcome.Held);
}
