namespace Coop.Demo;

/// <summary>A secret that is planted and must not be seen; all of it is made up for this one run.</summary>
/// <param name="Path">Relative to the project.</param>
/// <param name="Mark">The part that no output may hold.</param>
internal sealed record DemoSecret(string Path, string Content, string Mark);
