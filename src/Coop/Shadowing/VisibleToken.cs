using Coop.Storage;

namespace Coop.Shadowing;

/// <summary>A file that a box sees although a token is in it.</summary>
/// <param name="Kind">What was found, for people.</param>
internal sealed record VisibleToken(BytePath Path, string Kind);
