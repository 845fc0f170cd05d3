namespace Coop.Images;

/// <summary>What Coop keeps of an image that it built, so that a start need not ask the engine.</summary>
/// <param name="Inputs">As in <see cref="ImagePlan"/>.</param>
/// <param name="Agents">The agents it holds.</param>
/// <param name="From">What it was built on, with the digest where the engine knew one; null for a repository's own.</param>
/// <param name="BuiltAt">Seconds since 1970.</param>
internal sealed record ImageRecord(string Inputs, IReadOnlyList<string> Agents, string? From, long BuiltAt);
