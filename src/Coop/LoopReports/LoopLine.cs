namespace Coop.LoopReports;

/// <summary>One line of a run's record, a JSON document each. Which fields are there depends on what happened.</summary>
/// <param name="Event"><c>begin</c>, <c>started</c>, <c>iteration</c>, <c>mark</c>, <c>limit</c>, <c>audit</c>, <c>held</c>, <c>end</c>.</param>
internal sealed record LoopLine(string Event, DateTimeOffset At)
{
    /// <summary>The task's number in the queue, from 1.</summary>
    public int? Task { get; init; }

    public string? Title { get; init; }

    /// <summary>The agent that worked, as it was asked for.</summary>
    public string? Target { get; init; }

    public string? Model { get; init; }

    /// <summary>The fork it works in, for <c>begin</c>; null in the user's own tree.</summary>
    public string? Fork { get; init; }

    /// <summary>What is done is audited, for <c>begin</c>.</summary>
    public bool? Audits { get; init; }

    /// <summary>When the agent was started.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>How the agent's run ended.</summary>
    public string? Ending { get; init; }

    /// <summary>The agent's exit code; for <c>end</c> that of the loop.</summary>
    public int? Exit { get; init; }

    /// <summary>What the agent said of its task.</summary>
    public string? Claim { get; init; }

    /// <summary>The work counts.</summary>
    public bool? Proved { get; init; }

    /// <summary>Why it does not count; for <c>mark</c>, <c>limit</c> and <c>end</c> the reason.</summary>
    public string? Why { get; init; }

    /// <summary>The commit it started on; for <c>started</c> that from which the work is judged.</summary>
    public string? Start { get; init; }

    /// <summary>The full name of the branch it started on, for <c>started</c>.</summary>
    public string? Branch { get; init; }

    /// <summary>The commit it ended on.</summary>
    public string? End { get; init; }

    public string? Tree { get; init; }

    /// <summary>The gate's exit code.</summary>
    public int? Gate { get; init; }

    /// <summary>The state that the task got.</summary>
    public string? State { get; init; }

    /// <summary>What a human is asked.</summary>
    public string? Question { get; init; }

    /// <summary>Why no file had to change, in the agent's words.</summary>
    public string? NoChange { get; init; }

    /// <summary>When a refused target is tried again.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Null when the agent told none.</summary>
    public long? Tokens { get; init; }

    /// <summary>US dollars.</summary>
    public decimal? Cost { get; init; }

    public string? Session { get; init; }

    /// <summary>The audit's number.</summary>
    public int? Round { get; init; }

    public IReadOnlyList<string>? Commits { get; init; }

    public IReadOnlyList<string>? Findings { get; init; }

    public IReadOnlyList<string>? Undone { get; init; }

    /// <summary>Every task's title, for <c>begin</c>.</summary>
    public IReadOnlyList<string>? Tasks { get; init; }
}
