namespace Coop.BoxTests.TestKit;

/// <summary>What makes the box; the name in lower case is the value of COOP_RUNTIME.</summary>
public enum Engine
{
    Docker,
    Podman,
    Bwrap,
}
