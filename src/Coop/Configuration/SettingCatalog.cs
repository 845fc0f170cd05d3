using System.Globalization;
using Coop.Formats;

namespace Coop.Configuration;

/// <summary>Every setting, its default and its rule: the one list that reading, <c>coop config</c> and the documentation share.</summary>
internal static class SettingCatalog
{
    public const string Runtime = "COOP_RUNTIME";
    public const string Image = "COOP_IMAGE";
    public const string BaseImage = "COOP_BASE_IMAGE";
    public const string Repository = "COOP_REPO";
    public const string WorkingDirectory = "COOP_WORKDIR";
    public const string HomeInBox = "COOP_HOME_IN_BOX";
    public const string Homes = "COOP_HOMES";
    public const string Cache = "COOP_CACHE";
    public const string RunArguments = "COOP_RUN_ARGS";
    public const string Pids = "COOP_PIDS";
    public const string Memory = "COOP_MEMORY";
    public const string Cpus = "COOP_CPUS";
    public const string NoNewPrivileges = "COOP_NO_NEW_PRIVILEGES";
    public const string Egress = "COOP_EGRESS";
    public const string Gate = "COOP_GATE";
    public const string Editor = "COOP_EDITOR";
    public const string ReviewCommand = "COOP_REVIEW_CMD";
    public const string ConfigDirectory = "COOP_CONFIG_DIR";
    public const string ShadowContent = "COOP_SHADOW_CONTENT";
    public const string Shell = "COOP_SHELL";
    public const string NoTools = "COOP_NO_ASDF";
    public const string NodeImage = "COOP_NODE_IMAGE";
    public const string AgentPackages = "COOP_AGENT_PACKAGES";
    public const string McpFile = "COOP_MCP_FILE";
    public const string HostPorts = "COOP_HOST_PORTS";
    public const string LoopCommand = "COOP_LOOP_CMD";
    public const string LoopSilence = "COOP_LOOP_SILENCE";
    public const string LoopTaskTime = "COOP_LOOP_TASK_TIME";
    public const string NotifyCommand = "COOP_NOTIFY_CMD";

    private const int MostPorts = 64;

    /// <summary>Sorted by key.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        new(AgentPackages, "", "exact npm specs of the agents in images, such as @openai/codex@0.169.0 (default: newest)", Words),
        new(BaseImage, "coop-box", "tag of the shared base image", NamedImage),
        new(Cache, "1", "keep a cache directory per repository at ~/.cache of the box", Toggle),
        new(ConfigDirectory, "", "agent settings and the file 'env' (default: agents beside coop.conf)", AbsolutePath),
        new(Cpus, "", "processors the box may use, such as 1.5", CpuCount),
        new(Editor, "", "what 'coop fork open' starts (default: your git editor, then what is installed)", Words),
        new(Egress, "open", "network of the box: open or none", EgressName),
        new(Gate, "", "command that must succeed, in a box, before a fork lands", Words),
        new(Homes, "1", "keep the box's home directory per repository", Toggle),
        new(HomeInBox, "/home/node", "the box's home directory", PathBelowRoot),
        new(
            HostPorts,
            "",
            "ports of this machine's 127.0.0.1 that the box may use at the same address, such as 5432,8080",
            PortList
        ),
        new(Image, "", "run this image instead of the repository's or the base image", ImageName),
        new(LoopCommand, "", "what 'coop loop' starts for each task instead of an agent; nothing is audited then", Words),
        new(LoopSilence, "20m", "an agent that says nothing for longer is ended, such as 20m", Time),
        new(LoopTaskTime, "4h", "an agent that works on one task for longer is ended, such as 4h", Time),
        new(McpFile, "", "MCP servers for every agent (default: mcp.json beside the agents' settings)", AbsolutePath),
        new(Memory, "", "memory the box may use, such as 4g", MemorySize),
        new(
            NodeImage,
            "",
            "what the base image builds on (default: node:22-bookworm-slim, kept at the digest of the first build)",
            ImageName
        ),
        new(NotifyCommand, "", "gets a JSON document on its standard input when a loop ends", Words),
        new(NoTools, "0", "leave the tools of .tool-versions alone", Toggle),
        new(NoNewPrivileges, "1", "set-uid programs gain nothing (always on)", AlwaysOn),
        new(Pids, "4096", "processes the box may have; 0 or unlimited is off", ProcessCount),
        new(Repository, "", "the repository (default: git top level)", AbsolutePath),
        new(ReviewCommand, "", "what 'coop fork review --open' starts, through sh -c", Anything),
        new(Runtime, "", "docker, podman, container or bwrap (default: the first that answers)", EngineName),
        new(RunArguments, "", "extra arguments for the engine", Words),
        new(
            ShadowContent,
            "untracked",
            "hide files in which a provider's token stands: off, untracked (those git does not track) or all",
            ShadowContentName
        ),
        new(Shell, "bash", "what 'coop shell' starts", Program),
        new(WorkingDirectory, "", "working directory in the box (default: the same path as on the host)", AbsolutePath),
    ];

    /// <summary>Null when Coop reads no such key. <c>COOP_&lt;AGENT&gt;_CMD</c> and <c>_MODEL</c> exist for every agent name.</summary>
    public static SettingDefinition? Find(string key)
    {
        foreach (var definition in All)
        {
            if (definition.Key == key)
            {
                return definition;
            }
        }

        return IsOfAgent(key, "_CMD") ? new SettingDefinition(key, "", "the agent's command", Words)
            : IsOfAgent(key, "_MODEL") ? new SettingDefinition(key, "", "the agent's model", ModelName)
            : null;
    }

    private static bool IsOfAgent(string key, string ending) =>
        key.StartsWith("COOP_", StringComparison.Ordinal)
        && key.EndsWith(ending, StringComparison.Ordinal)
        && key.Length > "COOP_".Length + ending.Length
        && !All.Any(definition => definition.Key == key);

    /// <summary>Off for 0, false, no, off in any case; on for their opposites.</summary>
    public static bool IsOn(string value) => value.ToUpperInvariant() is "1" or "TRUE" or "YES" or "ON";

    /// <summary>Bytes of a size such as <c>512m</c>, <c>4g</c> (powers of 1024, as docker and podman read it); null when it is none.</summary>
    public static long? ParseMemory(string value)
    {
        var digits = value.AsSpan().TrimEnd("bkmgBKMG");
        var unit = value[digits.Length..].ToUpperInvariant();
        long? factor = unit switch
        {
            "" or "B" => 1L,
            "K" or "KB" => 1L << 10,
            "M" or "MB" => 1L << 20,
            "G" or "GB" => 1L << 30,
            _ => null,
        };
        return
            factor is { } bytes
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= long.MaxValue / bytes
            ? count * bytes
            : null;
    }

    /// <summary>True for the words that switch a cap off.</summary>
    public static bool IsNoCap(string value) => value is "" or "0" or "unlimited";

    private static string? Toggle(string value) =>
        IsOn(value) || value.ToUpperInvariant() is "0" or "FALSE" or "NO" or "OFF" ? null : "1 or 0";

    // Without it a set-uid program of the image would be root of the host on engines that share the host's user ids.
    private static string? AlwaysOn(string value) =>
        IsOn(value) ? null : "1: a set-uid program could otherwise become root of the host";

    private static string? EngineName(string value) =>
        value.Length == 0 || EngineNames.Find(value) is not null ? null : "one of docker, podman, container, bwrap";

    private static string? EgressName(string value) => value is "open" or "none" ? null : "open or none";

    private static string? ShadowContentName(string value) =>
        value is "off" or "untracked" or "all" ? null : "one of off, untracked, all";

    private static string? AbsolutePath(string value) => value.Length == 0 || value[0] == '/' ? null : "an absolute path";

    private static string? PathBelowRoot(string value) => value is ['/', not '/', ..] ? null : "an absolute path below '/'";

    private static string? ImageName(string value) => value.Length == 0 ? null : NamedImage(value);

    // Behind the engine's options: a word that begins with a dash would be one of them.
    private static string? NamedImage(string value) =>
        value.Length > 0 && value[0] != '-' && !value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? null
            : "the name of an image";

    // Behind the agent's own option, as an image behind the engine's.
    private static string? ModelName(string value) =>
        value.Length == 0 || NamedImage(value) is null ? null : "the name of a model";

    /// <summary>Null when a word is no port.</summary>
    public static IReadOnlyList<int>? ParsePorts(string value)
    {
        List<int> ports = [];
        foreach (var word in value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65535)
            {
                return null;
            }

            if (!ports.Contains(port))
            {
                ports.Add(port);
            }
        }

        return ports.Count <= MostPorts ? ports : null;
    }

    private static string? PortList(string value) =>
        ParsePorts(value) is not null ? null : $"at most {MostPorts} port numbers with commas between, such as 5432,8080";

    private static string? Program(string value) =>
        ShellWords.Split(value) is { Count: > 0 } ? null : "a command with every quote closed";

    private static string? Anything(string value) => value.Contains('\0') ? "text" : null;

    private static string? Words(string value) => ShellWords.Split(value) is null ? "words with every quote closed" : null;

    private static string? Time(string value) =>
        Duration.Parse(value) is null ? "a length of time, such as 90s, 20m or 1h30m" : null;

    private static string? ProcessCount(string value) =>
        IsNoCap(value) || (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 16)
            ? null
            : "a number of at least 16, or 0 for no limit";

    // Engines refuse less than 6 MB, and the box's own first process wants about 10.
    private static string? MemorySize(string value) =>
        IsNoCap(value) || ParseMemory(value) is >= 32 << 20
            ? null
            : "a size of at least 32m, such as 512m or 4g, or 0 for no limit";

    private static string? CpuCount(string value) =>
        IsNoCap(value)
        || (
            decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count is >= 0.01m and <= 4096m
        )
            ? null
            : "a number of processors such as 1.5, or 0 for no limit";
}
