namespace Coop.Doctor;

/// <summary>Something that must be there before any box can start.</summary>
internal interface IRequirementCheck
{
    Task<CheckResult> CheckAsync(DoctorSubject subject, CancellationToken cancellationToken);
}
