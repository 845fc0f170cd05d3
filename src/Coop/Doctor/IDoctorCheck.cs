namespace Coop.Doctor;

/// <summary>
/// One theme of attacks on a box. All checks share one box and one project; each adds a piece of shell to the attack and judges what came of it, by what the host sees wherever
/// the host can see it.
/// </summary>
internal interface IDoctorCheck
{
    /// <summary>One word, the name of its section in the box's output.</summary>
    string Name { get; }

    IReadOnlyList<Promise> Promises { get; }

    /// <summary>
    /// POSIX shell, run in the project with <c>$coop</c>, <c>$home</c>, <c>$outside</c>, <c>$port</c> and <c>$socket</c> set. What it leaves behind, later checks find.
    /// </summary>
    string Attack(DoctorPlants plants);

    /// <summary>One result for each promise that this box makes, in their order.</summary>
    IEnumerable<CheckResult> Judge(DoctorEvidence evidence);
}
