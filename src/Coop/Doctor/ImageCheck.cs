using Coop.Configuration;
using Coop.Processes;

namespace Coop.Doctor;

/// <summary>The image is on this machine. It is looked for, never fetched.</summary>
internal sealed class ImageCheck(IProcessRunner processes) : IRequirementCheck
{
    private const string Id = "image";
    private const string Promise = "The image is there";

    public async Task<CheckResult> CheckAsync(DoctorSubject subject, CancellationToken cancellationToken)
    {
        var name = subject.Engine.Name();
        if (subject.Image is not { } image)
        {
            return new CheckResult(Id, CheckOutcome.Held, Promise, $"{name} needs none", null);
        }

        if (subject.EngineProblem is not null)
        {
            return new CheckResult(Id, CheckOutcome.NotProved, Promise, $"{name} does not answer", null);
        }

        var found = await processes.CaptureAsync(new ProcessSpec(name, "image", "inspect", image), cancellationToken);
        return found.Succeeded
            ? new CheckResult(Id, CheckOutcome.Held, Promise, image, null)
            : new CheckResult(
                Id,
                CheckOutcome.Failed,
                Promise,
                $"{name} has no image '{image}'",
                $"Name one it has with COOP_IMAGE (list them: {name} image ls), or use what needs no image: COOP_RUNTIME=bwrap"
            );
    }
}
