using Coop.Configuration;

namespace Coop.Doctor;

/// <summary>The engine answers.</summary>
internal sealed class EngineCheck : IRequirementCheck
{
    private const string Id = "engine";
    private const string Promise = "An engine answers";

    public Task<CheckResult> CheckAsync(DoctorSubject subject, CancellationToken cancellationToken) =>
        Task.FromResult(
            subject.EngineProblem is { } problem
                ? new CheckResult(Id, CheckOutcome.Failed, Promise, problem.Message, problem.Hint)
                : new CheckResult(Id, CheckOutcome.Held, Promise, $"{subject.Engine.Name()} does", null)
        );
}
