using Coop.Configuration;

namespace Coop.Doctor;

/// <summary>Ordinary users may make user namespaces, where the engine stands on them.</summary>
/// <param name="controls">The kernel's switches, <c>/proc/sys</c>.</param>
internal sealed class UserNamespaceCheck(string controls) : IRequirementCheck
{
    private const string Id = "user-namespaces";
    private const string Promise = "You may make user namespaces";

    // The switch, the value that closes it, and what opens it.
    private static readonly (string Name, string Closed, string Advice)[] Switches =
    [
        ("kernel/unprivileged_userns_clone", "0", "Switch them on: sudo sysctl -w kernel.unprivileged_userns_clone=1"),
        ("user/max_user_namespaces", "0", "Switch them on: sudo sysctl -w user.max_user_namespaces=15000"),
        (
            "kernel/apparmor_restrict_unprivileged_userns",
            "1",
            "Give bwrap an AppArmor profile with 'userns,' (sudo apt-get install apparmor-profiles), or: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
        ),
    ];

    public Task<CheckResult> CheckAsync(DoctorSubject subject, CancellationToken cancellationToken) =>
        Task.FromResult(Examine(subject));

    private CheckResult Examine(DoctorSubject subject)
    {
        if (
            subject.Engine is not (EngineKind.Bubblewrap or EngineKind.Podman)
            || (subject.Host.IsRoot && subject.Engine == EngineKind.Podman)
        )
        {
            return new CheckResult(Id, CheckOutcome.Held, Promise, $"{subject.Engine.Name()} needs none", null);
        }

        foreach (var (name, closed, advice) in Switches)
        {
            if (Read(name) == closed)
            {
                var seen = $"{name.Replace('/', '.')} is {closed}";

                // An engine with a profile of its own, or a caller with the right, may pass all the same.
                return subject.EngineProblem is null
                    ? new CheckResult(Id, CheckOutcome.Held, Promise, $"{seen}, but {subject.Engine.Name()} may", null)
                    : new CheckResult(Id, CheckOutcome.Failed, Promise, seen, advice);
            }
        }

        return new CheckResult(Id, CheckOutcome.Held, Promise, "no switch of the kernel forbids it", null);
    }

    private string? Read(string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(controls, name)).Trim();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // A kernel without the switch.
            return null;
        }
    }
}
