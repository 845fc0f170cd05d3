namespace Coop.Configuration;

/// <summary>One key Coop reads.</summary>
/// <param name="Default">As text; empty is «not set».</param>
/// <param name="Meaning">A few words for <c>coop config</c> and the documentation.</param>
/// <param name="Problem">What a value must be when it is not, as the end of «KEY must be …»; null for a good one.</param>
internal sealed record SettingDefinition(string Key, string Default, string Meaning, Func<string, string?> Problem);
