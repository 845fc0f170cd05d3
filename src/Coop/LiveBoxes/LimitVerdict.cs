namespace Coop.LiveBoxes;

/// <summary>Keys of caps that do not hold.</summary>
/// <param name="Refusals">The user asked for them: the box must not start.</param>
/// <param name="Warnings">Defaults.</param>
internal sealed record LimitVerdict(IReadOnlyList<string> Refusals, IReadOnlyList<string> Warnings);
