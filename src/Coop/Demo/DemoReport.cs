namespace Coop.Demo;

/// <summary>Everything the demo has to tell.</summary>
/// <param name="Box">The kind of box, such as <c>bwrap</c>.</param>
/// <param name="Work">What the agent did besides.</param>
/// <param name="Host">What the host found afterwards.</param>
internal sealed record DemoReport(string Box, IReadOnlyList<DemoRow> Attempts, DemoRow Work, IReadOnlyList<DemoRow> Host)
{
    /// <summary>What was done with the forks.</summary>
    public IReadOnlyList<DemoRow> Forks { get; init; } = [];

    public bool Held => Work.Held && Attempts.Concat(Host).Concat(Forks).All(row => row.Held);
}
