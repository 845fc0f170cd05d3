namespace Coop.LoopDecisions;

/// <summary>Where a run stands. Only <see cref="LoopMachine"/> makes a new one out of an old one.</summary>
internal sealed record LoopState
{
    public required IReadOnlyList<LoopTask> Tasks { get; init; }

    /// <summary>In the user's order; the first free one is taken.</summary>
    public required IReadOnlyList<Lane> Lanes { get; init; }

    public LoopBounds Bounds { get; init; } = LoopBounds.None;

    /// <summary>What is done is audited by a fresh agent.</summary>
    public bool Audits { get; init; } = true;

    /// <summary>A person is asked when an agent's work does not count; else the rules decide.</summary>
    public bool AsksOnFailure { get; init; }

    /// <summary>The lane for audits; null takes that of the work.</summary>
    public int? AuditLane { get; init; }

    /// <summary>The task that an agent works on; null between tasks.</summary>
    public int? Current { get; init; }

    /// <summary>The lane that works.</summary>
    public int LaneIndex { get; init; }

    /// <summary>The conversation to resume after a limit; null begins a new one.</summary>
    public string? Session { get; init; }

    /// <summary>Audits begun.</summary>
    public int Round { get; init; }

    /// <summary>An audit is under way, perhaps waiting for a limit.</summary>
    public bool IsAuditing { get; init; }

    /// <summary>Tasks brought to an end in this run: done or blocked.</summary>
    public int Ended { get; init; }

    /// <summary>Tasks in a row that were given up without anything being committed for them.</summary>
    public int GivenUpIdle { get; init; }

    /// <summary>How many tasks this run works at, by what stands in the queue now.</summary>
    public int WorkCount => Math.Min(Tasks.Count(task => task.IsInRun), Bounds.MostTasks ?? int.MaxValue);

    /// <summary>How many of them it has brought to an end, and no audit has reopened.</summary>
    public int WorkedCount => Tasks.Count(task => task is { IsInRun: true, IsOpen: false });

    /// <summary>Tasks that were done in this run and of which no audit has found yet that they hold; none where nothing is audited.</summary>
    public IReadOnlyList<int> Unaudited =>
        Audits ? [.. Tasks.Where(task => task is { Done: not null, IsAudited: false }).Select(task => task.Index)] : [];

    public decimal Cost { get; init; }

    public long Tokens { get; init; }
}
