using Coop.Configuration;
using Coop.Processes;

namespace Coop.Doctor;

/// <summary>What connects a bubblewrap box to the network is there, where the settings ask for it.</summary>
/// <param name="device">The kernel's tunnel device, <c>/dev/net/tun</c>.</param>
internal sealed class BubblewrapNetworkCheck(IProcessRunner processes, string device) : IRequirementCheck
{
    private const string Id = "box-network";
    private const string Promise = "A box can be connected to the network";

    public async Task<CheckResult> CheckAsync(DoctorSubject subject, CancellationToken cancellationToken)
    {
        if (subject.Settings.Egress != EgressMode.Open)
        {
            return new CheckResult(Id, CheckOutcome.Held, Promise, "COOP_EGRESS does not ask for it", null);
        }

        if (subject.Engine != EngineKind.Bubblewrap)
        {
            return new CheckResult(Id, CheckOutcome.Held, Promise, $"{subject.Engine.Name()} does it by itself", null);
        }

        try
        {
            var version = await processes.CaptureAsync(new ProcessSpec("slirp4netns", "--version"), cancellationToken);
            await using var tunnel = File.Open(device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return new CheckResult(Id, CheckOutcome.Held, Promise, version.OutputText.Split('\n')[0], null);
        }
        catch (ProgramNotFoundException)
        {
            return Missing(
                "slirp4netns is not installed",
                "Install it: sudo apt-get install slirp4netns, or run without network: COOP_EGRESS=none"
            );
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return Missing(
                $"{device} cannot be opened",
                $"Open it to you: sudo chmod 666 {device}, or run without network: COOP_EGRESS=none"
            );
        }
    }

    private static CheckResult Missing(string what, string advice) => new(Id, CheckOutcome.Failed, Promise, what, advice);
}
