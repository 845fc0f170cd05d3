using Coop.Clones;

namespace Coop.ForkKeeping;

/// <summary>What Coop knows of a fork, kept where no box reaches.</summary>
/// <param name="Branch">The user's branch it was made from, as people write it.</param>
/// <param name="Base">The commit it was made from.</param>
/// <param name="Identity">Which directories Coop made.</param>
/// <param name="ObjectBytes">What lay in its object store when it was made.</param>
/// <param name="CreatedNanoseconds">By the kernel's clock for files, since 1970.</param>
internal sealed record ForkRecord(
    string Name,
    string Branch,
    string Base,
    ForkIdentity Identity,
    long ObjectBytes,
    DateTimeOffset Created,
    long CreatedNanoseconds
)
{
    /// <summary>The last target that worked in it; null before the first.</summary>
    public string? Target { get; init; }

    /// <summary>The digest of the file that its queue was copied from; null when no loop was to work in it.</summary>
    public string? Seed { get; init; }

    /// <summary>The fork's last commit when it was reviewed; null before the first review.</summary>
    public string? Reviewed { get; init; }

    /// <summary>The fork's last commit when it landed; null before.</summary>
    public string? LandedTip { get; init; }

    /// <summary>What stood on the user's branch then.</summary>
    public string? LandedAs { get; init; }
}
