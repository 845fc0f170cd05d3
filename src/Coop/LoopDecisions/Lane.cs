namespace Coop.LoopDecisions;

/// <summary>One target that the loop may work with.</summary>
/// <param name="FreeAt">Refused until then; null when it is free.</param>
/// <param name="Probes">Refusals in a row.</param>
internal sealed record Lane(string Target, DateTimeOffset? FreeAt, int Probes)
{
    public bool IsFree(DateTimeOffset now) => FreeAt is not { } until || until <= now;
}
