using Coop.Storage;

namespace Coop.Boxes;

/// <summary>Something put into quarantine.</summary>
/// <param name="Path">Where it was, absolute.</param>
/// <param name="Quarantine">Where it is now, absolute.</param>
/// <param name="Reason">The end of «… : reason».</param>
internal sealed record MovedFile(BytePath Path, BytePath Quarantine, string Reason);
