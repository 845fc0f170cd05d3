namespace Coop.Boxes;

/// <summary>Variables that would change how Coop's own parts or the dynamic linker behave, whoever sets them.</summary>
internal static class BoxEnvironmentRules
{
    private static readonly string[] Prefixes = ["COOP_", "DOTNET_", "LD_"];

    public static bool Steers(string name) => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
