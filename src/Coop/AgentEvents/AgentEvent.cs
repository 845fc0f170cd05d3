namespace Coop.AgentEvents;

/// <summary>
/// What an agent's structured stream said, in the same few words for every agent. Text in it was written by an agent or its provider: it is cleaned before it is printed,
/// and never decides anything.
/// </summary>
internal abstract record AgentEvent
{
    private AgentEvent() { }

    /// <summary>A conversation began or goes on.</summary>
    /// <param name="Id">What a later run resumes it by.</param>
    /// <param name="Model">Null when the stream does not tell.</param>
    public sealed record Session(string Id, string? Model) : AgentEvent;

    /// <summary>The agent speaks.</summary>
    /// <param name="IsPart">A fragment that continues the one before, without a newline between.</param>
    public sealed record Text(string Value, bool IsPart) : AgentEvent;

    /// <summary>The agent starts to use a tool.</summary>
    /// <param name="Name">As the agent calls it.</param>
    /// <param name="Detail">The command, path or pattern; empty when there is none to show.</param>
    public sealed record ToolUse(string Name, string Detail) : AgentEvent;

    /// <summary>What the run has used so far; a later one replaces it.</summary>
    /// <param name="CostUsd">The agent's own figure; null when it gives none.</param>
    public sealed record Usage(TokenUsage Tokens, decimal? CostUsd) : AgentEvent;

    /// <summary>The provider refused for now; told by the agent's own error event, never by what it chose to say.</summary>
    /// <param name="ResetsAt">Null when the stream does not tell.</param>
    /// <param name="Message">The agent's words, for people.</param>
    public sealed record Limit(LimitKind Kind, DateTimeOffset? ResetsAt, string Message) : AgentEvent;

    /// <summary>The run failed for another reason.</summary>
    /// <param name="Status">The provider's HTTP status; null when there was none.</param>
    public sealed record Error(string Message, int? Status) : AgentEvent;

    /// <summary>The agent has finished; nothing follows.</summary>
    /// <param name="FinalText">Its last answer; null when it gave none.</param>
    public sealed record End(bool Succeeded, string? FinalText) : AgentEvent;
}
