namespace Coop.AgentEvents;

/// <summary>Tokens of a run.</summary>
/// <param name="Input">All that was sent, what came from the provider's cache included.</param>
/// <param name="CachedInput">The part of <paramref name="Input"/> that came from the cache.</param>
/// <param name="Output">All that was generated, thinking included.</param>
internal readonly record struct TokenUsage(long Input, long CachedInput, long Output)
{
    public long Total => Input + Output;
}
