using Coop.AgentEvents;
using Coop.AgentHomes;

namespace Coop.Agents;

/// <summary>Qwen Code, by its version 0.24.4; with the key of any provider that speaks OpenAI's chat completions.</summary>
internal sealed class QwenAgent : IAgent
{
    private const string SettingsName = "settings.json";
    private const string TrustName = "trustedFolders.json";

    public string Name => "qwen";

    public string Title => "Qwen Code";

    public IReadOnlyList<string> Command { get; } = ["qwen", "--yolo"];

    public IReadOnlyList<string> Packages { get; } = ["@qwen-code/qwen-code"];

    public IReadOnlyList<string> KeyVariables { get; } = ["OPENAI_API_KEY", "DASHSCOPE_API_KEY", "BAILIAN_CODING_PLAN_API_KEY"];

    public IReadOnlyList<string> AccessVariables { get; } = [];

    // It is silenced by its settings.
    public IReadOnlyList<KeyValuePair<string, string>> QuietVariables { get; } = [];

    public IReadOnlyList<string> Efforts { get; } = [];

    public HomeShape? Home { get; } =
        new(".qwen", ["oauth_creds.json"], "QWEN.md", [SettingsName, TrustName])
        {
            ProviderKey = "modelProviders",
            ConversationDirectory = "projects",
            OwnNames = ["tmp", "projects", "todos", "debug", "history", "installation_id", "usage_record.jsonl"],
        };

    public IReadOnlyList<string> Words(AgentErrand errand, AgentOptions options)
    {
        var program = options.Command ?? Command;
        IReadOnlyList<string> chosen =
        [
            .. options.Model is { } model ? ["-m", model] : Array.Empty<string>(),
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
                .. headless.IsStructured ? ["-o", "stream-json"] : Array.Empty<string>(),
                $"--prompt={headless.Prompt}",
            ],
            AgentErrand.Peer peer => [program[0], "--approval-mode", "plan", .. chosen, $"--prompt={peer.Prompt}"],
            AgentErrand.Acp => [program[0], "--acp"],
            AgentErrand.Login => [program[0]],
            _ => throw new InvalidOperationException($"No words for {errand}."),
        };
    }

    public IReadOnlyList<HomeFile> PlanHome(HomeFacts facts)
    {
        var settings = JsonSettings.Of(facts, SettingsName);
        if (facts.CredentialName is not null)
        {
            settings.Default("qwen-oauth", "security", "auth", "selectedType");
        }
        else if (KeyVariables.Any(variable => facts.Variable(variable) is not null))
        {
            settings.Default("openai", "security", "auth", "selectedType");
        }

        settings.Default("Qwen Dark", "ui", "theme");
        settings.Default(false, "privacy", "usageStatisticsEnabled");
        settings.Default(false, "general", "enableAutoUpdate");
        foreach (var server in facts.McpServers)
        {
            settings.Set(McpJson.Render(server, "httpUrl", null, variable => $"${variable}"), "mcpServers", server.Name);
        }

        var trust = JsonSettings.Laid(facts, TrustName);
        trust.Default("TRUST_FOLDER", facts.Repository);
        return [settings.ToFile(SettingsName), trust.ToFile(TrustName)];
    }

    public CredentialTerm ReadCredential(ReadOnlyMemory<byte> content) =>
        CredentialJson.Read(
            content,
            root =>
                CredentialJson.Term(CredentialJson.FromMilliseconds(root.Number("expiry_date"u8)), root.Text("refresh_token"u8))
        );

    public IAgentEventReader ReadEvents(TimeProvider time, TimeZoneInfo zone) => new ClaudeEvents(time, zone);
}
