using System.Text.Json.Nodes;
using Coop.AgentEvents;
using Coop.AgentHomes;

namespace Coop.Agents;

/// <summary>Claude Code, by its version 2.1.330.</summary>
internal sealed class ClaudeAgent : IAgent
{
    private const string SettingsName = "settings.json";
    private const string StateName = ".claude.json";
    private const string McpName = "coop-mcp.json";
    private const string KeyVariable = "ANTHROPIC_API_KEY";

    // It remembers an approved key by its last characters.
    private const int KeyTail = 20;

    public string Name => "claude";

    public string Title => "Claude Code";

    public IReadOnlyList<string> Command { get; } = ["claude", "--dangerously-skip-permissions"];

    public IReadOnlyList<string> Packages { get; } = ["@anthropic-ai/claude-code", "@agentclientprotocol/claude-agent-acp"];

    public IReadOnlyList<string> KeyVariables { get; } = [KeyVariable, "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN"];

    public IReadOnlyList<string> AccessVariables { get; } =
    ["CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX", "CLAUDE_CODE_USE_FOUNDRY"];

    // Where hosts do not answer this saves five seconds a start.
    public IReadOnlyList<KeyValuePair<string, string>> QuietVariables { get; } =
    [new("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1"), new("DISABLE_AUTOUPDATER", "1")];

    public bool TellsCost => true;

    public IReadOnlyList<string> Efforts { get; } = ["low", "medium", "high", "xhigh", "max"];

    public HomeShape? Home { get; } =
        new(".claude", [".credentials.json"], "CLAUDE.md", [SettingsName, StateName])
        {
            Variables = [new("CLAUDE_CONFIG_DIR", ".claude")],
            McpName = McpName,
            ConversationDirectory = "projects",
            OwnNames =
            [
                "projects",
                "sessions",
                "session-env",
                "shell-snapshots",
                "todos",
                "tasks",
                "statsig",
                "telemetry",
                "debug",
                "cache",
                "paste-cache",
                "file-history",
                "backups",
                "downloads",
                "ide",
                "history.jsonl",
            ],
        };

    public IReadOnlyList<string> Words(AgentErrand errand, AgentOptions options)
    {
        var program = options.Command ?? Command;
        IReadOnlyList<string> chosen =
        [
            .. options.McpPath is { } mcp ? [$"--mcp-config={mcp}"] : Array.Empty<string>(),
            .. options.Model is { } model ? ["--model", model] : Array.Empty<string>(),
            .. options.Effort is { } effort ? ["--effort", effort] : Array.Empty<string>(),
            .. options.Resume switch
            {
                AgentResume.Last => ["--continue"],
                AgentResume.Of conversation => ["--resume", conversation.Id],
                _ => Array.Empty<string>(),
            },
        ];
        return errand switch
        {
            AgentErrand.Interactive => [.. program, .. chosen],
            AgentErrand.Headless headless =>
            [
                .. program,
                .. chosen,
                "-p",
                .. headless.IsStructured ? ["--output-format", "stream-json", "--verbose"] : Array.Empty<string>(),
                "--",
                headless.Prompt,
            ],

            // No tool that writes or starts anything exists for it, whatever it is allowed.
            AgentErrand.Peer peer =>
            [
                program[0],
                .. chosen,
                "--tools=Read,Grep,Glob",
                "--permission-mode",
                "dontAsk",
                "-p",
                "--",
                peer.Prompt,
            ],
            AgentErrand.Acp => ["claude-agent-acp"],
            AgentErrand.Login => [program[0], "auth", "login"],
            _ => throw new InvalidOperationException($"No words for {errand}."),
        };
    }

    public IReadOnlyList<HomeFile> PlanHome(HomeFacts facts)
    {
        var settings = JsonSettings.Of(facts, SettingsName);
        settings.Default(true, "skipDangerousModePermissionPrompt");
        var state = JsonSettings.Laid(facts, StateName);
        state.Default(true, "hasCompletedOnboarding");
        if (settings.Get("theme") is null)
        {
            state.Default("dark", "theme");
        }

        state.Default(true, "projects", facts.Repository, "hasTrustDialogAccepted");
        if (facts.Variable(KeyVariable) is { } key)
        {
            Approve(state, key.Length <= KeyTail ? key : key[^KeyTail..]);
        }

        JsonObject servers = [];
        foreach (var server in facts.McpServers)
        {
            servers[server.Name] = McpJson.Render(server, "url", "type", variable => $"${{{variable}}}");
        }

        JsonObject mcp = new() { ["mcpServers"] = servers };
        return [settings.ToFile(SettingsName), state.ToFile(StateName), new HomeFile(McpName, mcp.ToJsonString())];
    }

    public CredentialTerm ReadCredential(ReadOnlyMemory<byte> content) =>
        CredentialJson.Read(
            content,
            root =>
            {
                var login = root.Get("claudeAiOauth"u8);
                return CredentialJson.Term(
                    login.Number("expiresAt"u8) is > 0 and var expires ? CredentialJson.FromMilliseconds(expires) : null,
                    login.Text("refreshToken"u8)
                );
            }
        );

    public IAgentEventReader ReadEvents(TimeProvider time, TimeZoneInfo zone) => new ClaudeEvents(time, zone);

    // A key that the user refused stays refused.
    private static void Approve(JsonSettings state, string tail)
    {
        if (Holds("rejected"))
        {
            return;
        }

        if (state.Get("customApiKeyResponses", "approved") is JsonArray approved)
        {
            if (!Holds("approved"))
            {
                approved.Add((JsonNode)tail);
            }
        }
        else
        {
            state.Set(new JsonArray(tail), "customApiKeyResponses", "approved");
            state.Default(new JsonArray(), "customApiKeyResponses", "rejected");
        }

        bool Holds(string list) =>
            state.Get("customApiKeyResponses", list) is JsonArray tails
            && tails.Any(entry => entry is JsonValue value && value.TryGetValue<string>(out var text) && text == tail);
    }
}
