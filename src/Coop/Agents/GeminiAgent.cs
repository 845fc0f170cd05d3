using Coop.AgentEvents;
using Coop.AgentHomes;

namespace Coop.Agents;

/// <summary>Gemini CLI, by its version 0.61.0.</summary>
internal sealed class GeminiAgent : IAgent
{
    private const string SettingsName = "settings.json";
    private const string TrustName = "trustedFolders.json";

    public string Name => "gemini";

    public string Title => "Gemini CLI";

    public IReadOnlyList<string> Command { get; } = ["gemini", "--yolo"];

    public IReadOnlyList<string> Packages { get; } = ["@google/gemini-cli"];

    public IReadOnlyList<string> KeyVariables { get; } = ["GEMINI_API_KEY", "GOOGLE_API_KEY"];

    public IReadOnlyList<string> AccessVariables { get; } = ["GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_GENAI_USE_GCA"];

    // It is silenced by its settings.
    public IReadOnlyList<KeyValuePair<string, string>> QuietVariables { get; } = [];

    public bool HidesGitSettings => true;

    public IReadOnlyList<string> Efforts { get; } = [];

    public HomeShape? Home { get; } =
        new(".gemini", ["gemini-credentials.json", "oauth_creds.json"], "GEMINI.md", [SettingsName, TrustName])
        {
            // Its home is the directory above its own.
            Variables = [new("GEMINI_CLI_HOME", "")],
            ConversationDirectory = "tmp",
            ConversationPrefix = "session-",
            OwnNames = ["tmp", "history", "projects.json", "state.json", "installation_id", "telemetry"],
        };

    public IReadOnlyList<string> Words(AgentErrand errand, AgentOptions options)
    {
        var program = options.Command ?? Command;
        IReadOnlyList<string> chosen =
        [
            .. options.Model is { } model ? ["-m", model] : Array.Empty<string>(),
            .. options.Resume switch
            {
                AgentResume.Last => ["--resume", "latest"],
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
                "--skip-trust",
                .. chosen,
                .. headless.IsStructured ? ["-o", "stream-json"] : Array.Empty<string>(),
                $"--prompt={headless.Prompt}",
            ],
            AgentErrand.Peer peer =>
            [
                program[0],
                "--approval-mode",
                "plan",
                "--skip-trust",
                .. chosen,
                $"--prompt={peer.Prompt}",
            ],
            AgentErrand.Acp => [program[0], "--acp"],
            AgentErrand.Login => [program[0]],
            _ => throw new InvalidOperationException($"No words for {errand}."),
        };
    }

    public IReadOnlyList<HomeFile> PlanHome(HomeFacts facts)
    {
        var settings = JsonSettings.Of(facts, SettingsName);
        if (AuthType(facts) is { } type)
        {
            settings.Default(type, "security", "auth", "selectedType");
        }

        settings.Default("Default", "ui", "theme");
        settings.Default(false, "privacy", "usageStatisticsEnabled");
        settings.Default(false, "general", "enableAutoUpdate");

        // Its clean-up takes a conversation that was resumed in another minute for a broken one and deletes it.
        settings.Default(false, "general", "sessionRetention", "enabled");
        settings.Default(false, "general", "enableAutoUpdateNotification");
        foreach (var server in facts.McpServers)
        {
            settings.Set(McpJson.Render(server, "httpUrl", null, variable => $"${variable}"), "mcpServers", server.Name);
        }

        var trust = JsonSettings.Laid(facts, TrustName);
        trust.Default("TRUST_FOLDER", facts.Repository);
        return [settings.ToFile(SettingsName), trust.ToFile(TrustName)];
    }

    // The newer file is encrypted and no JSON.
    public CredentialTerm ReadCredential(ReadOnlyMemory<byte> content) =>
        content.Length > 0 && content.Span[0] != (byte)'{'
            ? CredentialTerm.Lasting
            : CredentialJson.Read(
                content,
                root =>
                    CredentialJson.Term(
                        CredentialJson.FromMilliseconds(root.Number("expiry_date"u8)),
                        root.Text("refresh_token"u8)
                    )
            );

    public IAgentEventReader ReadEvents(TimeProvider time, TimeZoneInfo zone) => new GeminiEvents(time);

    // Without a choice it asks, and headless it gives up (exit 41).
    private static string? AuthType(HomeFacts facts) =>
        facts.CredentialName is not null ? "oauth-personal"
        : facts.Variable("GEMINI_API_KEY") is not null ? "gemini-api-key"
        : facts.Variable("GOOGLE_API_KEY") is not null || facts.Variable("GOOGLE_GENAI_USE_VERTEXAI") is not null ? "vertex-ai"
        : null;
}
