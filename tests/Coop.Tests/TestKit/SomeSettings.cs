using Coop.Configuration;

namespace Coop.TestKit;

/// <summary>Settings for tests: the defaults, and what a test says.</summary>
internal static class SomeSettings
{
    public const string ConfigDirectory = "/home/ada/.config/coop/agents";

    /// <param name="chosen">As if they came from the environment.</param>
    public static Settings With(params (string Key, string Value)[] chosen)
    {
        Dictionary<string, SettingValue> values = new(StringComparer.Ordinal);
        foreach (var definition in SettingCatalog.All)
        {
            values[definition.Key] = new SettingValue(definition.Key, definition.Default, SettingValue.DefaultSource);
        }

        foreach (var (key, value) in chosen)
        {
            values[key] = new SettingValue(key, value, SettingValue.EnvironmentSource);
        }

        return new Settings(values, ConfigDirectory);
    }
}
