using System.Globalization;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Native;
using Coop.Processes;

namespace Coop.Engines;

/// <summary>Apple's <c>container</c>: each box is a virtual machine of its own. Tested as arguments only; it was not run on a Mac.</summary>
internal sealed class AppleEngine(IProcessRunner processes) : IContainerEngine
{
    public EngineKind Kind => EngineKind.AppleContainer;

    public bool ReportsOnStandardError => true;

    public ProcessSpec Render(BoxPlan plan)
    {
        if (plan.Egress == EgressMode.None)
        {
            throw new UserError(
                "Apple's container cannot start a box without network.",
                "Choose another engine for COOP_EGRESS=none: COOP_RUNTIME=docker"
            );
        }

        if (plan.Limits.Pids is { IsExplicit: true, Value: not null })
        {
            throw new UserError(
                "Apple's container cannot limit processes.",
                "Unset COOP_PIDS, or choose another engine: COOP_RUNTIME=docker"
            );
        }

        List<string> words = ["run", "--rm", "--interactive", "--name", plan.Name, "--user", plan.User.Inside.ToString()];
        if (plan.Limits.Memory.Value is { } memory)
        {
            words.AddRange(["--memory", memory.ToString(CultureInfo.InvariantCulture)]);
        }

        if (plan.Limits.Cpus.Value is { } cpus)
        {
            words.AddRange(["--cpus", Math.Ceiling(cpus).ToString(CultureInfo.InvariantCulture)]);
        }

        return new ProcessSpec(CString.From("container"), OciArguments.Finish(words, plan));
    }

    public Task<UserError?> ProbeAsync(CancellationToken cancellationToken) =>
        EngineQuestion.ProbeAsync(processes, Kind, ["system", "status"], cancellationToken);

    public Task<bool> RepairAsync(BoxPlan plan, string messages, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<UserError> ExplainAsync(BoxPlan plan, int exitCode, string messages, CancellationToken cancellationToken) =>
        Task.FromResult(EngineMessages.StartFailed(plan, exitCode, messages));

    public IDisposable? Attach(BoxPlan plan, int? processId) => null;

    public Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        EngineQuestion.TryAsync(processes, new ProcessSpec("container", "rm", "--force", name), cancellationToken);
}
