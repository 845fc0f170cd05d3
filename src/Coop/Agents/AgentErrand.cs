namespace Coop.Agents;

/// <summary>What an agent is started for.</summary>
internal abstract record AgentErrand
{
    private AgentErrand() { }

    /// <summary>A person works with it.</summary>
    public sealed record Interactive : AgentErrand;

    /// <summary>One prompt, worked until it is done, its standard input empty.</summary>
    /// <param name="IsStructured">It prints its event stream, one JSON document a line; otherwise its answer as text.</param>
    public sealed record Headless(string Prompt, bool IsStructured) : AgentErrand;

    /// <summary>One question, answered as text, without leave to change anything.</summary>
    public sealed record Peer(string Prompt) : AgentErrand;

    /// <summary>It speaks the Agent Client Protocol on its standard streams.</summary>
    public sealed record Acp : AgentErrand;

    /// <summary>A person signs in.</summary>
    /// <param name="HasWords">The person's own words follow: without them the agent is told which of its ways to take.</param>
    public sealed record Login(bool HasWords) : AgentErrand;
}
