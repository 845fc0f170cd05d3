using System.Text;
using Coop.Errors;
using Coop.Formats;
using Coop.Storage;

namespace Coop.Configuration;

/// <summary>Reads the settings: environment before <c>coop.conf</c> before default. Nothing of a repository is read.</summary>
internal static class SettingsReader
{
    private const int FileLimitBytes = 1_000_000;

    /// <exception cref="UserError">A wrong value or an unreadable file; exit 2, naming key and source.</exception>
    public static Settings Read(HostEnvironment host, UserDirectories directories)
    {
        Dictionary<string, SettingValue> values = new(StringComparer.Ordinal);
        foreach (var definition in SettingCatalog.All)
        {
            values[definition.Key] = new SettingValue(definition.Key, definition.Default, SettingValue.DefaultSource);
        }

        foreach (var value in FromFile(host, directories))
        {
            values[value.Key] = value;
        }

        foreach (var value in FromEnvironment(host))
        {
            values[value.Key] = value;
        }

        foreach (var value in values.Values)
        {
            Check(value);
        }

        return new Settings(values, Path.Combine(directories.Configuration, "agents"));
    }

    private static IEnumerable<SettingValue> FromEnvironment(HostEnvironment host) =>
        host
            .Variables.Where(variable => SettingCatalog.Find(variable.Key) is not null)
            .Select(variable => new SettingValue(variable.Key, variable.Value.Trim(), SettingValue.EnvironmentSource));

    private static List<SettingValue> FromFile(HostEnvironment host, UserDirectories directories)
    {
        var named = host.GetFilled("COOP_CONF");
        var path = named ?? Path.Combine(directories.Configuration, "coop.conf");
        byte[]? bytes;
        try
        {
            bytes = BoundedFile.Read(path, FileLimitBytes);
        }
        catch (IOException cause)
        {
            throw UserError.Usage(
                $"The settings file '{path}' {cause.Message}.",
                $"Make it a text file of KEY=VALUE lines, or remove it: {path}"
            );
        }

        if (bytes is null)
        {
            return named is null
                ? []
                : throw UserError.Usage($"COOP_CONF names '{named}', which does not exist.", "Create it, or unset COOP_CONF.");
        }

        if (bytes.Contains((byte)0))
        {
            throw UserError.Usage($"The settings file '{path}' is not text.", "Make it a text file of KEY=VALUE lines.");
        }

        List<SettingValue> values = [];
        foreach (var line in EnvFile.Parse(path, Encoding.UTF8.GetString(bytes)))
        {
            if (SettingCatalog.Find(line.Key) is null)
            {
                throw UserError.Usage($"{line.Place}: '{line.Key}' is not a setting of Coop.", UnknownKeyHint(line.Key));
            }

            values.Add(new SettingValue(line.Key, line.Value, line.Place.ToString()));
        }

        return values;
    }

    private static string UnknownKeyHint(string key) =>
        NearestWord.Find(key, SettingCatalog.All.Select(definition => definition.Key)) is { } near
            ? $"Did you mean {near}? All settings: coop config"
            : "All settings: coop config";

    private static void Check(SettingValue value)
    {
        if (SettingCatalog.Find(value.Key)!.Problem(value.Text) is { } problem)
        {
            throw UserError.Usage(
                $"{value.Key} must be {problem}; it is '{value.Text}' (from {value.Source}).",
                "All settings: coop config"
            );
        }
    }
}
