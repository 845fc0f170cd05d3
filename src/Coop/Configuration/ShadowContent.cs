namespace Coop.Configuration;

/// <summary>Which files are hidden because a provider's token stands in them.</summary>
internal enum ShadowContent
{
    Off,

    /// <summary>Those that git does not track; for the others Coop warns.</summary>
    Untracked,

    All,
}
