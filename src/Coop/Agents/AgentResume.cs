namespace Coop.Agents;

/// <summary>Which conversation an agent goes on with, among those of its home (one repository, one account).</summary>
internal abstract record AgentResume
{
    private AgentResume() { }

    /// <summary>The last one.</summary>
    public sealed record Last : AgentResume;

    /// <param name="Id">From <see cref="AgentEvents.AgentEvent.Session"/>.</param>
    public sealed record Of(string Id) : AgentResume;
}
