using Coop.Boxes;

namespace Coop.TestKit;

/// <summary>A guard that remembers what it was asked, in order.</summary>
internal sealed class FakeGuard : IBoxGuard
{
    public static readonly GuardReport Report = new([], ["something changed"], []);

    private readonly List<string> calls = [];

    public IReadOnlyList<string> Calls => calls;

    public Task PrepareAsync(BoxPlan plan, string runDirectory, CancellationToken cancellationToken)
    {
        calls.Add($"prepare {Path.GetFileName(runDirectory)}");
        return Task.CompletedTask;
    }

    public Task<GuardReport> InspectAsync(string runDirectory, CancellationToken cancellationToken)
    {
        calls.Add($"inspect {Path.GetFileName(runDirectory)}");
        return Task.FromResult(Report);
    }
}
