using Coop.AgentEvents;
using Coop.Agents;
using Coop.Boxes;
using Coop.Configuration;
using Coop.LiveBoxes;
using Coop.LoopDecisions;
using Coop.LoopReports;
using Coop.Native;
using Coop.Processes;
using Coop.Runs;
using Coop.Terminal;

namespace Coop.Loops;

/// <summary>Runs one agent in its box, listens to it, and ends it when it is silent or busy for too long or the user says so.</summary>
/// <param name="shutdown">Counts the user's wishes to end: the first one is gentle, the second is not.</param>
internal sealed class AgentRunner(
    Settings settings,
    LoopBoard board,
    PriceTable prices,
    ShutdownSignals shutdown,
    TimeProvider time
)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <param name="model">The model that was asked for; null when none was.</param>
    /// <param name="until">The end of the time that the user gave; null without.</param>
    public async Task<Attempt> RunAsync(
        RunSession session,
        BoxRequest request,
        IAgent agent,
        string? model,
        DateTimeOffset? until,
        CancellationToken cancellationToken
    )
    {
        AgentTally heard = new();
        using AgentListener output = new(
            agent.ReadEvents(time, TimeZoneInfo.Utc),
            time,
            one =>
            {
                heard.Take(one);
                board.Hear(one);
            },
            board.Say,
            board.Flush
        );
        using AgentListener errors = new(new NoEvents(), time, _ => { }, board.Say, board.Flush);
        await using var nothing = File.Open("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        BoxStreams streams = new((int)nothing.SafeFileHandle.DangerousGetHandle(), output.Descriptor, errors.Descriptor);
        using SignalPipe signals = new();

        // The conversation with a box holds its thread until the end.
        var run = Task.Run(() => session.ConductAsync(request, streams, signals, cancellationToken), CancellationToken.None);
        var ended = await WatchAsync(run, () => Math.Max(output.LastHeard, errors.LastHeard), signals, until);
        var captured = await run;
        output.Finish();
        errors.Finish();
        board.Report(captured.Guard);
        var used = heard.Model ?? model;
        return new Attempt(ended ?? EndingOf(captured.ExitCode, heard), captured.ExitCode)
        {
            Limit = heard.Limit,
            Session = heard.Session,
            Model = used,
            Tokens = heard.Tokens,
            Cost = heard.Cost ?? (heard.Tokens is { } tokens ? prices.CostOf(used, tokens) : null),
            LastWords = (heard.FinalText is { } text ? PlainText.Clean(text) : output.Tail + errors.Tail).Trim(),
        };
    }

    // Text is no limit, and an agent that ended well was not kept from anything.
    private static AttemptEnding EndingOf(int code, AgentTally heard) =>
        code == 0 && !heard.HasFailed ? AttemptEnding.Finished
        : heard.Limit is not null ? AttemptEnding.Limited
        : AttemptEnding.Failed;

    private async Task<AttemptEnding?> WatchAsync(Task run, Func<long> lastHeard, SignalPipe signals, DateTimeOffset? until)
    {
        var began = time.GetTimestamp();
        var (told, passed) = (shutdown.Count, shutdown.Interrupts);
        AttemptEnding? ending = null;
        while (await Task.WhenAny(run, Task.Delay(Step, time)) != run)
        {
            board.Refresh();
            if (shutdown.Count > told)
            {
                told = shutdown.Count;
                ending = AttemptEnding.Interrupted;
            }

            // The box heard the signals too. A key of the terminal is the agent's own to answer, so it is told again, as often as it was pressed; TERM said twice would leave it
            // no time.
            for (; passed < shutdown.Interrupts; passed++)
            {
                signals.Send(Signals.SIGTERM);
            }

            if (ending is null && Overdue(began, lastHeard(), until) is { } overdue)
            {
                ending = overdue;
                signals.Send(Signals.SIGTERM);
            }
        }

        return ending;
    }

    private AttemptEnding? Overdue(long began, long lastHeard, DateTimeOffset? until) =>
        until is { } end && time.GetUtcNow() >= end ? AttemptEnding.OutOfTime
        : time.GetElapsedTime(began) >= settings.LoopTaskTime ? AttemptEnding.TooLong
        : time.GetElapsedTime(lastHeard) >= settings.LoopSilence ? AttemptEnding.Silent
        : null;
}
