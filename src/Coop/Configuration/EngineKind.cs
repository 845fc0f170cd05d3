namespace Coop.Configuration;

/// <summary>What runs a box.</summary>
internal enum EngineKind
{
    Docker,
    Podman,

    /// <summary>Apple's <c>container</c>.</summary>
    AppleContainer,

    /// <summary>bubblewrap: no engine and no image.</summary>
    Bubblewrap,
}
