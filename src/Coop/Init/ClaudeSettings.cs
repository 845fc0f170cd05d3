using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Masking;

namespace Coop.Init;

/// <summary>Claude Code's settings of a repository: hooks, and what is not read. Pure.</summary>
internal static class ClaudeSettings
{
    // Patterns that would also match templates and public keys, which stay visible. Claude Code's rules know no exception, so the names people give stand here.
    private static readonly Dictionary<string, string[]> Narrowed = new(StringComparer.Ordinal)
    {
        [".env.*"] =
        [
            ".env.local",
            ".env.*.local",
            ".env.dev",
            ".env.development",
            ".env.test",
            ".env.staging",
            ".env.prod",
            ".env.production",
        ],
        ["*.tfstate.*"] = ["*.tfstate.backup"],
        ["id_rsa*"] = ["id_rsa"],
        ["id_ed25519*"] = ["id_ed25519"],
        ["id_ecdsa*"] = ["id_ecdsa"],
        ["id_dsa*"] = ["id_dsa"],
    };

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The names that are not read. As in gitignore(5), a name that is a directory stands for what is in it.</summary>
    public static IEnumerable<string> DeniedNames =>
        PathRules.Patterns.SelectMany(pattern => Narrowed.GetValueOrDefault(pattern, [pattern]));

    public static string Render()
    {
        JsonObject settings = new()
        {
            ["permissions"] = new JsonObject
            {
                ["deny"] = new JsonArray([.. DeniedNames.Select(name => (JsonNode)$"Read(**/{name})")]),
            },
            ["hooks"] = new JsonObject
            {
                ["PreToolUse"] = new JsonArray(Hook("commit-gate.sh", "Bash")),
                ["Stop"] = new JsonArray(Hook("stop.sh", null)),
            },
        };
        return settings.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Hook(string script, string? matcher)
    {
        JsonObject hook = new();
        if (matcher is not null)
        {
            hook["matcher"] = matcher;
        }

        hook["hooks"] = new JsonArray(
            new JsonObject
            {
                ["type"] = "command",
                ["command"] = $"sh \"$CLAUDE_PROJECT_DIR\"/.claude/hooks/{script}",
                ["timeout"] = 60,
            }
        );
        return hook;
    }
}
