namespace Coop.LoopDecisions;

/// <summary>The numbers that bound a loop: how often something is tried, and how long it is waited.</summary>
internal static class LoopRules
{
    /// <summary>An agent that fails so often in a row on a task is not started on it again.</summary>
    public const int MostFailures = 5;

    /// <summary>A task that comes back so often, undone or reopened, waits for a human.</summary>
    public const int MostReturns = 3;

    /// <summary>When so many tasks in a row are given up and nothing was committed for any, it is not the tasks: the run ends, and those behind them stay open.</summary>
    public const int MostGivenUpIdle = 3;

    /// <summary>So often everything done is audited; what does not hold then waits for a human.</summary>
    public const int MostRounds = 5;

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    // Behind a reset, so that clocks that differ a little do not cost a second refusal.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    // Codex tells the minute of a reset without its seconds, and is refused until its end; clocks differ a little.
    private static readonly TimeSpan JustOver = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);

    // The longest windows that the providers document: five hours and seven days, one day, one minute.
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestDay = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestRate = TimeSpan.FromMinutes(15);

    /// <summary>How long an agent that got nowhere is left alone before the next start.</summary>
    /// <param name="troubles">In a row, from 1.</param>
    public static TimeSpan Backoff(int troubles) =>
        TimeSpan.FromSeconds(Math.Min(LongestBackoff.TotalSeconds, Math.Pow(2, Math.Max(0, troubles - 1))));

    /// <summary>When a refused target is tried again: at the time its provider named, within what providers document; else rarely.</summary>
    /// <param name="probes">How often it was refused in a row without a time, from 0.</param>
    public static DateTimeOffset FreeAgain(LimitHit limit, DateTimeOffset now, int probes)
    {
        var longest = limit.Kind switch
        {
            AgentEvents.LimitKind.Window => LongestWindow,
            AgentEvents.LimitKind.Daily => LongestDay,
            _ => LongestRate,
        };
        if (limit.ResetsAt is { } reset && reset > now - JustOver)
        {
            return reset - now > longest ? now + longest
                : reset > now ? reset + Slack
                : now + OneMinute;
        }

        // A time that is long over says nothing: it is probed as if there were none.

        var wait = limit.Kind switch
        {
            AgentEvents.LimitKind.Window => TimeSpan.FromMinutes(30),
            AgentEvents.LimitKind.Daily => TimeSpan.FromHours(1),
            _ => TimeSpan.FromMinutes(Math.Pow(2, Math.Min(probes, 4))),
        };
        return now + (wait < longest ? wait : longest);
    }
}
