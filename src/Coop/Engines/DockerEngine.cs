using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Native;
using Coop.Processes;

namespace Coop.Engines;

/// <summary>docker, 20.10 and newer.</summary>
internal sealed class DockerEngine(IProcessRunner processes) : IContainerEngine
{
    /// <summary>
    /// The network of all boxes with <c>COOP_EGRESS=open</c>. One for all, since docker's address pools end at about 31 networks; its boxes cannot
    /// talk to each other (<c>enable_icc=false</c>), which the default bridge would let them.
    /// </summary>
    public const string NetworkName = "coop-boxes";

    public EngineKind Kind => EngineKind.Docker;

    public bool ReportsOnStandardError => true;

    public ProcessSpec Render(BoxPlan plan)
    {
        var words = OciArguments.Common(plan, plan.Egress == EgressMode.None ? "none" : NetworkName);
        return new ProcessSpec(CString.From("docker"), OciArguments.Finish(words, plan));
    }

    public Task<UserError?> ProbeAsync(CancellationToken cancellationToken) =>
        EngineQuestion.ProbeAsync(processes, Kind, ["version", "--format", "{{.Server.Version}}"], cancellationToken);

    public async Task<bool> RepairAsync(BoxPlan plan, string messages, CancellationToken cancellationToken)
    {
        if (!messages.Contains($"network {NetworkName} not found", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        ProcessSpec create = new(
            "docker",
            "network",
            "create",
            "--driver=bridge",
            "--opt=com.docker.network.bridge.enable_icc=false",
            "--label=coop.role=network",
            NetworkName
        );
        var result = await processes.CaptureAsync(create, cancellationToken);

        // Two coops at once: the other one was quicker.
        return result.Succeeded || result.ErrorText.Contains("already exists", StringComparison.OrdinalIgnoreCase);
    }

    public Task<UserError> ExplainAsync(BoxPlan plan, int exitCode, string messages, CancellationToken cancellationToken) =>
        Task.FromResult(EngineMessages.StartFailed(plan, exitCode, messages));

    public IDisposable? Attach(BoxPlan plan, int? processId) => null;

    public Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        EngineQuestion.TryAsync(processes, new ProcessSpec("docker", "rm", "--force", "--volumes", name), cancellationToken);
}
