namespace Coop.Configuration;

/// <summary>How settings and messages name the engines.</summary>
internal static class EngineNames
{
    /// <summary>In the order of detection; bubblewrap is what works with nothing else installed.</summary>
    public static IReadOnlyList<EngineKind> InOrder { get; } =
    [EngineKind.AppleContainer, EngineKind.Docker, EngineKind.Podman, EngineKind.Bubblewrap];

    /// <summary>The setting's value, which is also the program's name.</summary>
    public static string Name(this EngineKind kind) =>
        kind switch
        {
            EngineKind.Docker => "docker",
            EngineKind.Podman => "podman",
            EngineKind.AppleContainer => "container",
            EngineKind.Bubblewrap => "bwrap",
            _ => throw new InvalidOperationException($"No name for {kind}."),
        };

    /// <summary>Null when no engine has that name.</summary>
    public static EngineKind? Find(string name)
    {
        foreach (var kind in InOrder)
        {
            if (kind.Name() == name)
            {
                return kind;
            }
        }

        return null;
    }
}
