namespace Coop.Boxes;

/// <summary>Who the box is, on each side of its walls.</summary>
/// <param name="Inside">What <c>id</c> says in the box; never 0.</param>
/// <param name="OnHost">What the kernel sees of its processes and new files; never 0.</param>
/// <param name="OnDisk">Who owns the repository's files and gets what the box makes.</param>
/// <param name="MapsUsers">The engine is asked to map <paramref name="OnHost"/> to <paramref name="Inside"/> by a user namespace.</param>
internal sealed record BoxUser(UserAndGroup Inside, UserAndGroup OnHost, UserAndGroup OnDisk, bool MapsUsers)
{
    /// <summary>Mounts must show <see cref="OnDisk"/> as <see cref="OnHost"/> by an id-mapped bind, which only root can make.</summary>
    public bool NeedsIdMappedMounts => OnDisk != OnHost;
}
