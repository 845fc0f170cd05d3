using Coop.Storage;

namespace Coop.Landings;

/// <summary>Files of a landing.</summary>
/// <param name="State">Coop's own directory beside the repository.</param>
/// <param name="GitDirectory">The git directory of the user's working tree.</param>
internal sealed record LandingPlaces(BytePath State, BytePath GitDirectory)
{
    public BytePath Journal => State.Join("landing.json");

    public BytePath Lock => State.Join("landing.lock");

    /// <summary>Where files go that were found half-written; one directory for each repair.</summary>
    public BytePath Rescued => State.Join("rescued");

    public BytePath Index => GitDirectory.Join("index");

    /// <summary>git's own lock of the index.</summary>
    public BytePath IndexLock => GitDirectory.Join("index.lock");

    /// <summary>The second name of that lock when it is Coop's.</summary>
    public BytePath LockName => GitDirectory.Join("coop-landing-lock");

    /// <summary>The index that is to be.</summary>
    public BytePath NextIndex => GitDirectory.Join("coop-landing-index");

    public BytePath NextIndexLock => GitDirectory.Join("coop-landing-index.lock");
}
