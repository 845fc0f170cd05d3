using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Native;
using Coop.Processes;

namespace Coop.Engines;

/// <summary>podman, 4.3 and newer, rootful and rootless.</summary>
internal sealed class PodmanEngine(IProcessRunner processes) : IContainerEngine
{
    public EngineKind Kind => EngineKind.Podman;

    public bool ReportsOnStandardError => true;

    public ProcessSpec Render(BoxPlan plan)
    {
        // slirp4netns keeps boxes apart from each other and from the host's loopback, also for root, where the default bridge would join them.
        var words = OciArguments.Common(plan, plan.Egress == EgressMode.None ? "none" : "slirp4netns:allow_host_loopback=false");
        if (plan.User.MapsUsers)
        {
            words.Add($"--userns=keep-id:uid={plan.User.Inside.Uid},gid={plan.User.Inside.Gid}");
        }

        return new ProcessSpec(CString.From("podman"), OciArguments.Finish(words, plan));
    }

    public Task<UserError?> ProbeAsync(CancellationToken cancellationToken) =>
        EngineQuestion.ProbeAsync(processes, Kind, ["version", "--format", "{{.Client.Version}}"], cancellationToken);

    public Task<bool> RepairAsync(BoxPlan plan, string messages, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<UserError> ExplainAsync(BoxPlan plan, int exitCode, string messages, CancellationToken cancellationToken) =>
        Task.FromResult(EngineMessages.StartFailed(plan, exitCode, messages));

    public IDisposable? Attach(BoxPlan plan, int? processId) => null;

    public Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        EngineQuestion.TryAsync(
            processes,
            new ProcessSpec("podman", "rm", "--force", "--ignore", "--volumes", "--time=0", name),
            cancellationToken
        );
}
