using Coop.AgentEvents;

namespace Coop.LoopDecisions;

/// <summary>What one run of an agent gave: facts, no judgement.</summary>
/// <param name="ExitCode">The agent's own.</param>
internal sealed record Attempt(AttemptEnding Ending, int ExitCode)
{
    /// <summary>Set for <see cref="AttemptEnding.Limited"/>.</summary>
    public LimitHit? Limit { get; init; }

    /// <summary>The conversation it can be resumed by; null when none was told.</summary>
    public string? Session { get; init; }

    /// <summary>As the stream told it; null when it did not.</summary>
    public string? Model { get; init; }

    /// <summary>Null when its stream told none: Codex tells them at the end of a turn, and of one that is cut off nothing.</summary>
    public TokenUsage? Tokens { get; init; }

    /// <summary>US dollars; null when nobody can tell.</summary>
    public decimal? Cost { get; init; }

    /// <summary>What the agent said last, clean.</summary>
    public string LastWords { get; init; } = "";
}
