namespace Coop.Init;

/// <summary>A service that a repository's files name.</summary>
/// <param name="Image">The one that the repository's own Compose file names, else the catalogue's.</param>
/// <param name="File">The first file that names it.</param>
internal sealed record DetectedService(ServiceKind Kind, string Image, string File);
