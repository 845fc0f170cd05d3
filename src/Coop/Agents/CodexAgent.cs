using System.Text.Json.Nodes;
using Coop.AgentEvents;
using Coop.AgentHomes;
using Tomlyn.Model;

namespace Coop.Agents;

/// <summary>Codex, by its version 0.169.0.</summary>
internal sealed class CodexAgent : IAgent
{
    private const string SettingsName = "config.toml";
    private const string CredentialName = "auth.json";
    private const string KeyVariable = "OPENAI_API_KEY";

    public string Name => "codex";

    public string Title => "Codex";

    public IReadOnlyList<string> Command { get; } = ["codex", "--dangerously-bypass-approvals-and-sandbox", "--no-daemon"];

    public IReadOnlyList<string> Packages { get; } = ["@openai/codex", "@agentclientprotocol/codex-acp"];

    public IReadOnlyList<string> KeyVariables { get; } = [KeyVariable, "CODEX_API_KEY"];

    public IReadOnlyList<string> AccessVariables { get; } = [];

    // It is silenced by its settings.
    public IReadOnlyList<KeyValuePair<string, string>> QuietVariables { get; } = [];

    public IReadOnlyList<string> Efforts { get; } = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

    public HomeShape? Home { get; } =
        new(".codex", [CredentialName], "AGENTS.md", [SettingsName])
        {
            Variables = [new("CODEX_HOME", ".codex")],
            ProviderKey = "model_provider",
            ConversationDirectory = "sessions",
            ConversationPrefix = "rollout-",
            OwnNames =
            [
                "sessions",
                "archived_sessions",
                "packages",
                "log",
                "tmp",
                "cache",
                "shell_snapshots",
                "history.jsonl",
                "session_index.jsonl",
                "models_cache.json",
                "version.json",
                "installation_id",
            ],
        };

    public IReadOnlyList<string> Words(AgentErrand errand, AgentOptions options)
    {
        var program = options.Command ?? Command;
        IReadOnlyList<string> chosen =
        [
            .. options.Model is { } model ? ["-m", model] : Array.Empty<string>(),
            .. options.Effort is { } effort ? ["-c", $"model_reasoning_effort=\"{effort}\""] : Array.Empty<string>(),
        ];
        IReadOnlyList<string> resumed = options.Resume switch
        {
            AgentResume.Last => ["resume", "--last"],
            AgentResume.Of conversation => ["resume", conversation.Id],
            _ => [],
        };
        return errand switch
        {
            AgentErrand.Interactive => [.. program, .. chosen, .. resumed],
            AgentErrand.Headless headless =>
            [
                .. program,
                "exec",
                .. resumed,
                .. headless.IsStructured ? ["--json"] : Array.Empty<string>(),
                "--skip-git-repo-check",
                .. chosen,
                "--",
                headless.Prompt,
            ],

            // Its own sandbox wants namespaces that a box refuses: the mount is what keeps it from writing.
            AgentErrand.Peer peer => [.. program, "exec", "--skip-git-repo-check", .. chosen, "--", peer.Prompt],
            AgentErrand.Acp => ["codex-acp"],
            AgentErrand.Login { HasWords: true } => [program[0], "login"],
            AgentErrand.Login => [program[0], "login", "--device-auth"],
            _ => throw new InvalidOperationException($"No words for {errand}."),
        };
    }

    public IReadOnlyList<HomeFile> PlanHome(HomeFacts facts)
    {
        var settings = TomlSettings.Of(facts, SettingsName);
        settings.Default("trusted", "projects", facts.Repository, "trust_level");

        // Where hosts do not answer these save ten seconds a start.
        settings.Default(false, "check_for_update_on_startup");
        settings.Default(false, "analytics", "enabled");
        settings.Default(false, "features", "plugins");
        foreach (var server in facts.McpServers)
        {
            settings.Set(Table(server), "mcp_servers", server.Name);
        }

        List<HomeFile> files = [settings.ToFile(SettingsName)];
        if (facts.CredentialName is null && facts.Variable(KeyVariable) is { } key)
        {
            // It reads keys from this file alone.
            JsonObject login = new() { ["auth_mode"] = "apikey", [KeyVariable] = key };
            files.Add(new HomeFile(CredentialName, login.ToJsonString()));
        }

        return files;
    }

    public CredentialTerm ReadCredential(ReadOnlyMemory<byte> content) =>
        CredentialJson.Read(
            content,
            root =>
            {
                var tokens = root.Get("tokens"u8);
                return CredentialJson.Term(
                    CredentialJson.TokenEnd(tokens.Text("access_token"u8)),
                    tokens.Text("refresh_token"u8)
                );
            }
        );

    public IAgentEventReader ReadEvents(TimeProvider time, TimeZoneInfo zone) => new CodexEvents(time, zone);

    private static TomlTable Table(McpServer server)
    {
        TomlTable table = [];
        if (server.Command is { } command)
        {
            table["command"] = command;
            TomlArray words = [];
            foreach (var word in server.Arguments)
            {
                words.Add(word);
            }

            table["args"] = words;
            AddPairs("env", server.Variables);
            return table;
        }

        table["url"] = server.Address!;
        AddPairs("http_headers", server.Headers);
        if (server.BearerVariable is { } variable)
        {
            table["bearer_token_env_var"] = variable;
        }

        return table;

        void AddPairs(string key, IReadOnlyList<KeyValuePair<string, string>> pairs)
        {
            if (pairs.Count == 0)
            {
                return;
            }

            TomlTable made = [];
            foreach (var (name, value) in pairs)
            {
                made[name] = value;
            }

            table[key] = made;
        }
    }
}
