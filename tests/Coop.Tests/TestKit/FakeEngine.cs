using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Processes;

namespace Coop.TestKit;

/// <summary>An engine that remembers what it was asked, in order.</summary>
internal sealed class FakeEngine(EngineKind kind) : IContainerEngine
{
    private readonly List<string> calls = [];

    public EngineKind Kind => kind;

    public IReadOnlyList<string> Calls => calls;

    /// <summary>What a probe answers; null is «it works».</summary>
    public UserError? Refusal { get; init; }

    public bool Repairs { get; init; }

    public bool ReportsOnStandardError => false;

    public ProcessSpec Render(BoxPlan plan) => new("engine", plan.Name);

    public Task<UserError?> ProbeAsync(CancellationToken cancellationToken)
    {
        calls.Add("probe");
        return Task.FromResult(Refusal);
    }

    public Task<bool> RepairAsync(BoxPlan plan, string messages, CancellationToken cancellationToken)
    {
        calls.Add("repair");
        return Task.FromResult(Repairs && calls.Count(call => call == "repair") == 1);
    }

    public Task<UserError> ExplainAsync(BoxPlan plan, int exitCode, string messages, CancellationToken cancellationToken)
    {
        calls.Add($"explain {exitCode}");
        return Task.FromResult(new UserError($"It ended with {exitCode}.", "Try again."));
    }

    public IDisposable? Attach(BoxPlan plan, int? processId)
    {
        calls.Add("attach");
        return null;
    }

    public Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        calls.Add($"remove {name}");
        return Task.CompletedTask;
    }
}
