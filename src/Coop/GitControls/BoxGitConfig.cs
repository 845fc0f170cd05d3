using System.Text;
using Coop.Git;

namespace Coop.GitControls;

/// <summary>Writes the copy of a repository's configuration that the box sees in the place of the real one: no credentials, no signing, nothing else.</summary>
internal static class BoxGitConfig
{
    /// <summary>The kept values of the repository's own scopes in their order; includes are resolved into it.</summary>
    public static string Render(IEnumerable<GitConfigEntry> entries)
    {
        StringBuilder text = new("# Coop's copy for boxes; git config on the host sees the real file.\n");
        foreach (var entry in entries.Where(entry => GitConfigRules.IsKeptInBox(entry.Key)))
        {
            AppendEntry(text, entry);
        }

        // A decoy has the real file's size and time and nothing else of it, so git must look at those alone.
        return text.Append("[core]\n\tcheckStat = minimal\n\ttrustctime = false\n").ToString();
    }

    private static void AppendEntry(StringBuilder text, GitConfigEntry entry)
    {
        var first = entry.Key.IndexOf('.');
        var last = entry.Key.LastIndexOf('.');
        text.Append('[').Append(entry.Key, 0, first);
        if (last > first)
        {
            text.Append(" \"").Append(entry.Key[(first + 1)..last].Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');
        }

        text.Append("]\n\t").Append(entry.Key, last + 1, entry.Key.Length - last - 1);
        if (entry.Value is { } value)
        {
            var quoted = RemoteUrl
                .WithoutCredentials(value)
                .Replace("\\", "\\\\")
                .Replace("\"", "\\\"")
                .Replace("\n", "\\n")
                .Replace("\t", "\\t")
                .Replace("\b", "\\b");
            text.Append(" = \"").Append(quoted).Append('"');
        }

        text.Append('\n');
    }
}
