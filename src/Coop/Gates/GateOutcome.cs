namespace Coop.Gates;

/// <summary>What a gate said.</summary>
/// <param name="ExitCode">0 is green.</param>
/// <param name="Output">Both streams, cleaned.</param>
internal sealed record GateOutcome(int ExitCode, string Output)
{
    private const int MostLines = 30;

    public bool IsGreen => ExitCode == 0;

    /// <summary>The end of what it printed.</summary>
    public IEnumerable<string> LastLines => Output.TrimEnd().Split('\n').TakeLast(MostLines).Where(line => line.Length > 0);
}
