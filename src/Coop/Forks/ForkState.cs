namespace Coop.Forks;

/// <summary>Where a fork is in its life.</summary>
internal enum ForkState
{
    /// <summary>A coop works in it.</summary>
    Running,

    /// <summary>Its directory was removed by hand.</summary>
    Missing,

    /// <summary>Its directory, or its <c>.git</c>, is not the one that Coop made.</summary>
    Replaced,

    /// <summary>Nothing was committed.</summary>
    Empty,

    /// <summary>Commits that nobody has reviewed.</summary>
    Work,

    /// <summary>All commits were reviewed.</summary>
    Reviewed,

    /// <summary>All commits are on the user's branch.</summary>
    Landed,
}
