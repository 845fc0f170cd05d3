namespace Coop.Detectors;

/// <summary>One part of a <see cref="Shape"/>: so many bytes of a set, or one of several sequences of parts.</summary>
/// <param name="Set">null for a choice.</param>
/// <param name="Most">How often at most, not less than <paramref name="Least"/>; for a choice at most 1.</param>
/// <param name="Choices">Empty unless the part is a choice.</param>
internal sealed record ShapePart(ByteSet? Set, int Least, int Most, IReadOnlyList<ShapePart[]> Choices);
