using System.Globalization;
using Coop.Formats;
using Coop.Storage;

namespace Coop.Configuration;

/// <summary>The settings in force, checked: every value here obeys its rule of <see cref="SettingCatalog"/>.</summary>
/// <param name="values">One for each key of the catalog, and one for each agent command that was set.</param>
internal sealed class Settings(IReadOnlyDictionary<string, SettingValue> values, string defaultConfigDirectory)
{
    /// <summary>Sorted by key.</summary>
    public IReadOnlyList<SettingValue> Values { get; } = [.. values.Values.OrderBy(value => value.Key, StringComparer.Ordinal)];

    /// <summary>Null: detect.</summary>
    public EngineKind? Engine => EngineNames.Find(Text(SettingCatalog.Runtime));

    /// <summary>Null: the repository's own or the base image.</summary>
    public string? Image => Filled(SettingCatalog.Image);

    public string BaseImage => Text(SettingCatalog.BaseImage);

    /// <summary>What the base image builds on; null: Coop's own choice.</summary>
    public string? NodeImage => Filled(SettingCatalog.NodeImage);

    /// <summary>The tools of <c>.tool-versions</c> are installed for boxes.</summary>
    public bool InstallsTools => !SettingCatalog.IsOn(Text(SettingCatalog.NoTools));

    /// <summary>npm specs with versions; empty: the newest of everything.</summary>
    public IReadOnlyList<string> AgentPackages => Words(SettingCatalog.AgentPackages);

    /// <summary>Where Coop looks for the repository: the place named by a setting, else where the caller stands.</summary>
    public BytePath StartDirectory(HostEnvironment host) =>
        Filled(SettingCatalog.Repository) is { } chosen ? PhysicalPath.Of(BytePath.From(chosen)) : host.WorkingDirectory;

    public string? WorkingDirectory => Filled(SettingCatalog.WorkingDirectory);

    public string HomeInBox => Text(SettingCatalog.HomeInBox);

    public bool KeepHomes => SettingCatalog.IsOn(Text(SettingCatalog.Homes));

    public bool KeepCache => SettingCatalog.IsOn(Text(SettingCatalog.Cache));

    public IReadOnlyList<string> RunArguments => Words(SettingCatalog.RunArguments);

    public IReadOnlyList<string> Shell => Words(SettingCatalog.Shell);

    public ShadowContent ShadowContent => Enum.Parse<ShadowContent>(Text(SettingCatalog.ShadowContent), ignoreCase: true);

    public EgressMode Egress => Text(SettingCatalog.Egress) == "none" ? EgressMode.None : EgressMode.Open;

    public Cap<int> Pids => Capped(SettingCatalog.Pids, text => int.Parse(text, CultureInfo.InvariantCulture));

    public Cap<long> MemoryBytes => Capped(SettingCatalog.Memory, text => SettingCatalog.ParseMemory(text)!.Value);

    public Cap<decimal> Cpus => Capped(SettingCatalog.Cpus, text => decimal.Parse(text, CultureInfo.InvariantCulture));

    public string ConfigDirectory => Filled(SettingCatalog.ConfigDirectory) ?? defaultConfigDirectory;

    /// <summary>Empty without a gate.</summary>
    public IReadOnlyList<string> Gate => Words(SettingCatalog.Gate);

    /// <summary>Empty: the first that is found.</summary>
    public IReadOnlyList<string> Editor => Words(SettingCatalog.Editor);

    /// <summary>A line for a shell; null when not set.</summary>
    public string? ReviewCommand => Filled(SettingCatalog.ReviewCommand);

    /// <summary>The same settings with other values, as they are decided for one box.</summary>
    /// <param name="changes">Keys of the catalog; an empty value is the default.</param>
    public Settings With(params IEnumerable<(string Key, string Value)> changes)
    {
        Dictionary<string, SettingValue> changed = new(values, StringComparer.Ordinal);
        foreach (var (key, value) in changes)
        {
            changed[key] = changed[key] with { Text = value };
        }

        return new Settings(changed, defaultConfigDirectory);
    }

    /// <summary>The user's MCP servers; need not exist.</summary>
    public string McpFile => Filled(SettingCatalog.McpFile) ?? Path.Combine(ConfigDirectory, "mcp.json");

    /// <summary>Ports of the host's loopback that the box may use.</summary>
    public IReadOnlyList<int> HostPorts => SettingCatalog.ParsePorts(Text(SettingCatalog.HostPorts)) ?? [];

    /// <summary>The words that replace an agent's own command; null when not set.</summary>
    /// <param name="settingKey">A key such as <c>COOP_CLAUDE_CMD</c>.</param>
    public IReadOnlyList<string>? AgentCommand(string settingKey) =>
        values.TryGetValue(settingKey, out var value) && value.Text.Length > 0 ? ShellWords.Split(value.Text) : null;

    /// <summary>The model an agent is started with when its target names none; null when not set.</summary>
    /// <param name="settingKey">A key such as <c>COOP_CLAUDE_MODEL</c>.</param>
    public string? AgentModel(string settingKey) =>
        values.TryGetValue(settingKey, out var value) && value.Text.Length > 0 ? value.Text : null;

    /// <summary>What a loop starts instead of an agent; empty for an agent.</summary>
    public IReadOnlyList<string> LoopCommand => Words(SettingCatalog.LoopCommand);

    public TimeSpan LoopSilence => Duration.Parse(Text(SettingCatalog.LoopSilence))!.Value;

    public TimeSpan LoopTaskTime => Duration.Parse(Text(SettingCatalog.LoopTaskTime))!.Value;

    /// <summary>Empty: nobody is told.</summary>
    public IReadOnlyList<string> NotifyCommand => Words(SettingCatalog.NotifyCommand);

    public string Text(string key) => values[key].Text;

    private string? Filled(string key) => Text(key) is { Length: > 0 } text ? text : null;

    private IReadOnlyList<string> Words(string key) => ShellWords.Split(Text(key)) ?? [];

    private Cap<T> Capped<T>(string key, Func<string, T> parse)
        where T : struct
    {
        var value = values[key];
        return new Cap<T>(SettingCatalog.IsNoCap(value.Text) ? null : parse(value.Text), !value.IsDefault);
    }
}
