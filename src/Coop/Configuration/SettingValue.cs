namespace Coop.Configuration;

/// <summary>A setting in force.</summary>
/// <param name="Source"><c>environment</c>, the file and line that set it, or <c>default</c>.</param>
internal sealed record SettingValue(string Key, string Text, string Source)
{
    public const string DefaultSource = "default";
    public const string EnvironmentSource = "environment";

    public bool IsDefault => Source == DefaultSource;
}
