using Coop.BoxTests.TestKit;
using Coop.TestPrograms;
using Xunit;

namespace Coop.AgentTests.TestKit;

/// <summary>A repository, a caller with a key for every agent, and a scripted provider that the agents take for theirs.</summary>
internal sealed class AgentScene : IAsyncDisposable
{
    /// <summary>Where the prefix of eng/engines.sh appears in boxes.</summary>
    private const string PrefixInBox = "/opt/coop/agents";

    private AgentScene(TemporaryRepository repository, ModelServer server)
    {
        Repository = repository;
        Server = server;
        Keys = Agents.ToDictionary(agent => agent, agent => $"planted-{agent}-{Guid.NewGuid():N}", StringComparer.Ordinal);
    }

    public static IReadOnlyList<string> Agents { get; } = ["claude", "codex", "gemini", "qwen"];

    public TemporaryRepository Repository { get; }

    public ModelServer Server { get; }

    /// <summary>The key of each agent.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; }

    /// <summary>The user's settings of all agents.</summary>
    public string ConfigDirectory => Path.Combine(Repository.HomeDirectory, ".config/coop/agents");

    private static string Prefix =>
        Path.Combine(Environment.GetEnvironmentVariable("COOP_ENGINES_DIR") ?? "/var/lib/coop-engines", "agents");

    /// <summary>Skips or fails the test where the rig or the agents cannot be had.</summary>
    public static async Task<AgentScene> CreateAsync(BoxRig rig)
    {
        var repository = await TemporaryRepository.CreateAsync(rig);
        if (!File.Exists(Path.Combine(Prefix, "agents.txt")))
        {
            await repository.DisposeAsync();
            const string Obstacle = "The agents are not to be had (eng/engines.sh installs them).";
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail(Obstacle);
            }

            Assert.Skip(Obstacle);
        }

        AgentScene scene = new(repository, await ModelServer.StartAsync());
        await scene.WriteConfigAsync(
            "env",
            $"""
            ANTHROPIC_API_KEY={scene.Keys["claude"]}
            ANTHROPIC_BASE_URL={scene.Server.Address}
            CODEX_API_KEY={scene.Keys["codex"]}
            GEMINI_API_KEY={scene.Keys["gemini"]}
            GOOGLE_GEMINI_BASE_URL={scene.Server.Address}
            DASHSCOPE_API_KEY={scene.Keys["qwen"]}
            CLAUDE_CODE_MAX_RETRIES=1

            """
        );
        await scene.WriteConfigAsync(
            "codex/config.toml",
            $"""
            model_provider = "scripted"
            [model_providers.scripted]
            name = "scripted"
            base_url = "{scene.Server.Address}/v1"
            env_key = "CODEX_API_KEY"
            wire_api = "responses"
            request_max_retries = 1
            stream_max_retries = 1

            """
        );
        await scene.WriteConfigAsync(
            "gemini/settings.json",
            """{"general": {"maxAttempts": 2}, "model": {"name": "gemini-2.5-flash"}}"""
        );
        await scene.WriteConfigAsync(
            "qwen/settings.json",
            $$"""
            {
              "model": {"name": "scripted"},
              "modelProviders": {
                "openai": [{"id": "scripted", "name": "scripted", "envKey": "DASHSCOPE_API_KEY", "baseUrl": "{{scene.Server.Address}}/v1"}]
              }
            }
            """
        );
        return scene;
    }

    /// <summary>`coop` with these words, where the agents are in the boxes and the provider is within reach.</summary>
    public ProgramRun Coop(params string[] words) =>
        Variables.Aggregate(Repository.Coop(words), (run, variable) => run.Environment(variable.Key, variable.Value));

    /// <summary>One prompt without a terminal, in each agent's own words.</summary>
    /// <param name="more">Words before the prompt.</param>
    public ProgramRun Headless(string agent, string prompt, params string[] more) =>
        agent switch
        {
            "claude" => Coop(["claude", .. more, "-p", prompt, "--output-format", "stream-json", "--verbose"]),
            "codex" => Coop(["codex", "exec", .. more, "--json", prompt]),
            "gemini" => Coop(["gemini", .. more, "-p", prompt, "-o", "stream-json"]),
            "qwen" => Coop(["qwen", .. more, "-p", prompt, "-o", "stream-json"]),
            _ => throw new InvalidOperationException($"No words for {agent}."),
        };

    /// <summary>What the caller's shell exports besides what it always does.</summary>
    public IReadOnlyDictionary<string, string> Variables
    {
        get
        {
            const string Path = $"{PrefixInBox}/bin:/usr/local/bin:/usr/bin:/bin";
            return new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["COOP_HOST_PORTS"] = $"{Server.Port}",
                ["COOP_RUN_ARGS"] = Repository.Rig.HasContainers
                    ? $"--mount type=bind,src={Prefix},dst={PrefixInBox},ro --env PATH={Path}"
                    : $"--ro-bind {Prefix} {PrefixInBox} --setenv PATH {Path}",
            };
        }
    }

    /// <summary>Writes a file of the user's below <see cref="ConfigDirectory"/>.</summary>
    public async Task WriteConfigAsync(string name, string text)
    {
        var path = System.IO.Path.Combine(ConfigDirectory, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text);
        await GiveToCallerAsync(System.IO.Path.Combine(Repository.HomeDirectory, ".config"));
    }

    /// <summary>Signs in to Claude with an account in place of the key; its token is that of <see cref="Keys"/>.</summary>
    public async Task SignInClaudeAsync(DateTimeOffset? expires = null)
    {
        var end = (expires ?? DateTimeOffset.UtcNow.AddHours(8)).ToUnixTimeMilliseconds();
        await WriteConfigAsync("env", $"ANTHROPIC_BASE_URL={Server.Address}\nCLAUDE_CODE_MAX_RETRIES=1\n");
        await WriteConfigAsync(
            "claude/.credentials.json",
            $$$"""{"claudeAiOauth":{"accessToken":"{{{Keys["claude"]}}}","refreshToken":"renew","expiresAt":{{{end}}},"scopes":["user:inference","user:profile"],"subscriptionType":"max"}}"""
        );
    }

    /// <summary>Adds a line to the variables of boxes.</summary>
    public async Task AddVariableAsync(string name, string value) =>
        await WriteConfigAsync(
            "env",
            await File.ReadAllTextAsync(System.IO.Path.Combine(ConfigDirectory, "env")) + $"{name}={value}\n"
        );

    /// <summary>Gives what is below a path to who calls.</summary>
    public async Task GiveToCallerAsync(string path)
    {
        var account = Repository.Rig.Account;
        ProgramRun change = new(Account.Current, ["chown", "-R", $"{account.Uid}:{account.Gid}", path])
        {
            Variables = Repository.Rig.EngineVariables,
        };
        (await change.RunAsync()).Succeeded();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Repository.DisposeAsync();
    }
}
