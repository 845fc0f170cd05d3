namespace Coop.Init;

/// <summary>A service that programs talk to, and how a throw-away one is started.</summary>
/// <param name="Name">As Compose calls it.</param>
/// <param name="Image">The official image; a newer major version may ask for other variables.</param>
/// <param name="Port">Where it listens.</param>
/// <param name="Words">What names it in a manifest, a Compose file or a URL: drivers, clients, schemes.</param>
/// <param name="Environment">Lets everybody in, because it holds nothing and only this machine reaches it; each a line of YAML.</param>
/// <param name="Health">The command that succeeds once it answers; empty for none.</param>
internal sealed record ServiceKind(
    string Name,
    string Image,
    int Port,
    IReadOnlyList<string> Words,
    IReadOnlyList<string> Environment,
    IReadOnlyList<string> Health
);
