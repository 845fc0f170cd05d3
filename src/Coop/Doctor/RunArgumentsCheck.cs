using Coop.Configuration;

namespace Coop.Doctor;

/// <summary>Words of the user's own for the engine, which may open a box in ways that no check looks for.</summary>
internal sealed class RunArgumentsCheck : IRequirementCheck
{
    private const string Id = "run-arguments";
    private const string Promise = "Nothing of your own opens the box further";

    public Task<CheckResult> CheckAsync(DoctorSubject subject, CancellationToken cancellationToken) =>
        Task.FromResult(
            subject.Settings.RunArguments.Count == 0
                ? new CheckResult(Id, CheckOutcome.Held, Promise, $"{SettingCatalog.RunArguments} is empty", null)
                : new CheckResult(
                    Id,
                    CheckOutcome.Warned,
                    Promise,
                    $"{SettingCatalog.RunArguments} is {subject.Settings.Text(SettingCatalog.RunArguments)}",
                    "The box below was attacked with it; what it opens besides, only you can know."
                )
        );
}
