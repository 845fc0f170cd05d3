using System.Text;
using Coop.Native;

namespace Coop.Git;

/// <summary>Git's effective configuration: every value in the order git reads it, so that the last one for a key wins.</summary>
internal sealed record GitConfiguration(IReadOnlyList<GitConfigEntry> Entries)
{
    public static GitConfiguration Empty { get; } = new([]);

    /// <summary>Reads the output of <c>git config --list --show-scope --show-origin -z</c>: scope, origin and key-newline-value, each ended by NUL.</summary>
    public static GitConfiguration Parse(ReadOnlySpan<byte> output)
    {
        List<GitConfigEntry> entries = [];
        var fields = Encoding.UTF8.GetString(output).Split('\0');
        for (var i = 0; i + 2 < fields.Length; i += 3)
        {
            var newline = fields[i + 2].IndexOf('\n');
            entries.Add(
                newline < 0
                    ? new GitConfigEntry(fields[i], fields[i + 1], fields[i + 2], null)
                    : new GitConfigEntry(fields[i], fields[i + 1], fields[i + 2][..newline], fields[i + 2][(newline + 1)..])
            );
        }

        return new GitConfiguration(entries);
    }

    /// <summary>The value in force; null when not set.</summary>
    /// <param name="key">In lower case, such as <c>core.excludesfile</c>.</param>
    public string? Get(string key) => Entries.LastOrDefault(entry => entry.Key == key)?.Value;

    /// <summary>Variables by which git runs none of the filters that this configuration names (git-config(1), GIT_CONFIG_COUNT; as words behind
    /// -c a name that holds '=' would escape). Null when a name is no text, and so cannot be given to git as it is.</summary>
    public IReadOnlyList<CString>? WithoutFilters()
    {
        const string Section = "filter.";
        var drivers = Entries
            .Where(entry =>
                entry.Key.StartsWith(Section, StringComparison.Ordinal) && entry.Key.LastIndexOf('.') >= Section.Length
            )
            .Select(entry => entry.Key[..entry.Key.LastIndexOf('.')])
            .Distinct()
            .ToList();
        if (drivers.Exists(driver => driver.Contains('\uFFFD', StringComparison.Ordinal)))
        {
            return null;
        }

        List<(string Key, string Value)> settings =
        [
            .. drivers.SelectMany(driver =>
                (IEnumerable<(string, string)>)
                    [($"{driver}.clean", ""), ($"{driver}.process", ""), ($"{driver}.required", "false")]
            ),
        ];
        return
        [
            CString.From($"GIT_CONFIG_COUNT={settings.Count}"),
            .. settings.SelectMany(
                (setting, index) =>
                    CString.List($"GIT_CONFIG_KEY_{index}={setting.Key}", $"GIT_CONFIG_VALUE_{index}={setting.Value}")
            ),
        ];
    }

    /// <summary>The value in force of the user's own files; what a repository says is left out.</summary>
    public string? GetFromUser(string key) =>
        Entries.LastOrDefault(entry => entry.Key == key && entry.Scope is ("system" or "global"))?.Value;
}
