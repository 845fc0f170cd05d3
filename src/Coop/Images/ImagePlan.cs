namespace Coop.Images;

/// <summary>An image to build, decided.</summary>
/// <param name="Tag">Its name for the engine.</param>
/// <param name="Title">For people: «the base image with claude, codex».</param>
/// <param name="FileName">The build file's name in the context.</param>
/// <param name="Inputs">A digest of everything that goes in but the tree: changes when a build would give another image.</param>
/// <param name="Agents">The agents it holds; empty for a repository's own image, whose author decides.</param>
/// <param name="Files">The context's files that Coop writes itself, by name.</param>
/// <param name="HasTree">The visible files of the repository go into the context too.</param>
internal sealed record ImagePlan(
    string Tag,
    string Title,
    string FileName,
    string Inputs,
    IReadOnlyList<string> Agents,
    IReadOnlyList<(string Name, byte[] Content)> Files,
    bool HasTree
);
