using Coop.AgentEvents;
using Coop.LoopDecisions;
using Coop.Terminal;

namespace Coop.Loops;

/// <summary>What the events of one run add up to.</summary>
internal sealed class AgentTally
{
    public LimitHit? Limit { get; private set; }

    public string? Session { get; private set; }

    public string? Model { get; private set; }

    /// <summary>Null when the stream told none.</summary>
    public TokenUsage? Tokens { get; private set; }

    /// <summary>US dollars, as the agent counts them; null when it does not.</summary>
    public decimal? Cost { get; private set; }

    public string? FinalText { get; private set; }

    public bool HasFailed { get; private set; }

    public void Take(AgentEvent one)
    {
        switch (one)
        {
            case AgentEvent.Session session:
                Session = session.Id;
                Model = session.Model ?? Model;
                break;
            case AgentEvent.Usage usage:
                Tokens = usage.Tokens;
                Cost = usage.CostUsd ?? Cost;
                break;
            // Of two words on one refusal the one that names a time is the better one.
            case AgentEvent.Limit limit when Limit?.ResetsAt is null:
                Limit = new LimitHit(limit.Kind, limit.ResetsAt, PlainText.CleanLine(limit.Message));
                break;
            case AgentEvent.End end:
                HasFailed = !end.Succeeded;
                FinalText = end.FinalText ?? FinalText;
                break;
            default:
                break;
        }
    }
}
