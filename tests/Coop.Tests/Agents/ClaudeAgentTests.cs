using System.Text.Json.Nodes;
using Coop.AgentHomes;
using Coop.Errors;
using Coop.TestKit;
using Xunit;

namespace Coop.Agents;

public class ClaudeAgentTests
{
    private readonly ClaudeAgent agent = new();

    [Fact]
    public void Each_errand_has_its_command_line()
    {
        AgentOptions options = new()
        {
            Model = "opus",
            Effort = "high",
            Resume = new AgentResume.Of("5ca2"),
            McpPath = "/home/node/.claude/coop-mcp.json",
        };
        const string Chosen = "--mcp-config=/home/node/.claude/coop-mcp.json --model opus --effort high --resume 5ca2";
        Assert.Equal($"claude --dangerously-skip-permissions {Chosen}", Words(new AgentErrand.Interactive(), options));
        Assert.Equal(
            $"claude --dangerously-skip-permissions {Chosen} -p --output-format stream-json --verbose -- do it",
            Words(new AgentErrand.Headless("do it", IsStructured: true), options)
        );
        Assert.Equal(
            $"claude {Chosen} --tools=Read,Grep,Glob --permission-mode dontAsk -p -- why",
            Words(new AgentErrand.Peer("why"), options)
        );
        Assert.Equal("claude-agent-acp", Words(new AgentErrand.Acp(), options));
        Assert.Equal("claude auth login", Words(new AgentErrand.Login(HasWords: false), options));
    }

    [Fact]
    public void The_users_own_words_replace_the_agents() =>
        Assert.Equal(
            "my-claude -x --continue",
            Words(new AgentErrand.Interactive(), new() { Command = ["my-claude", "-x"], Resume = new AgentResume.Last() })
        );

    [Fact]
    public void The_first_runs_questions_are_answered()
    {
        var files = Plan(SomeHome.With(variables: [("ANTHROPIC_API_KEY", "sk-ant-0123456789abcdefghijklmnop")]));
        Assert.Equal("""{"skipDangerousModePermissionPrompt":true}""" + "\n", files["settings.json"]);
        Assert.Equal(
            """{"hasCompletedOnboarding":true,"theme":"dark","projects":{"/r":{"hasTrustDialogAccepted":true}},"customApiKeyResponses":{"approved":["6789abcdefghijklmnop"],"rejected":[]}}"""
                + "\n",
            files[".claude.json"]
        );
    }

    [Fact]
    public void What_the_user_set_stays()
    {
        var files = Plan(
            SomeHome.With(
                user:
                [
                    (
                        "settings.json",
                        """{"theme":"light", "skipDangerousModePermissionPrompt": false, /* mine */ "hooks": {"Stop": []}}"""
                    ),
                    (".claude.json", """{"customApiKeyResponses":{"rejected":["key"]},"mine":1}"""),
                ],
                box:
                [
                    ("settings.json", """{"hooks":{"Stop":[{"command":"from an agent"}]}}"""),
                    (".claude.json", """{"mine":2,"numStartups":7,"projects":{"/r":{"lastCost":1}}}"""),
                ],
                variables: [("ANTHROPIC_API_KEY", "key")]
            )
        );
        Assert.Equal(
            """{"theme":"light","skipDangerousModePermissionPrompt":false,"hooks":{"Stop":[]}}""" + "\n",
            files["settings.json"]
        );
        AssertSame(
            """{"mine":1,"numStartups":7,"projects":{"/r":{"lastCost":1,"hasTrustDialogAccepted":true}},"customApiKeyResponses":{"rejected":["key"]},"hasCompletedOnboarding":true}""",
            files[".claude.json"]
        );
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("")]
    public void What_an_agent_left_broken_starts_anew(string text) =>
        Assert.Contains(
            "hasCompletedOnboarding",
            Plan(SomeHome.With(box: [(".claude.json", text)]))[".claude.json"],
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("{\n\"a\": }", "/c/agent/settings.json:2: this is no JSON.")]
    [InlineData("\n[]", "/c/agent/settings.json:2: the settings must be an object, not a list.")]
    public void A_broken_file_of_the_users_is_named(string text, string message) =>
        Assert.Equal(message, Assert.Throws<UserError>(() => Plan(SomeHome.With(user: [("settings.json", text)]))).Message);

    [Fact]
    public void The_tool_servers_come_as_a_file_in_the_agents_own_form() =>
        AssertSame(
            """{"mcpServers":{"mini":{"command":"node","args":["m.mjs"],"env":{"A":"b"}},"web":{"type":"http","url":"http://127.0.0.1:1/mcp","headers":{"X":"y","Authorization":"Bearer ${TOKEN}"}}}}""",
            Plan(SomeHome.With(servers: SomeHome.TwoServers))["coop-mcp.json"]
        );

    [Theory]
    [InlineData(
        """{"claudeAiOauth":{"accessToken":"a","refreshToken":"r","expiresAt":1795450998000}}""",
        true,
        1795450998L,
        true
    )]
    [InlineData("""{"claudeAiOauth":{"accessToken":"a","expiresAt":1795450998000}}""", true, 1795450998L, false)]
    [InlineData("""{"other":1}""", true, null, false)]
    [InlineData("""{"claudeAiOauth":{"expiresAt":"soon"}}""", true, null, false)]
    [InlineData("garbage", false, null, false)]
    [InlineData("", false, null, false)]
    public void A_logins_term_is_read(string text, bool readable, long? expires, bool renews) =>
        Assert.Equal(
            new CredentialTerm(readable, expires is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null, renews),
            agent.ReadCredential(System.Text.Encoding.UTF8.GetBytes(text))
        );

    private string Words(AgentErrand errand, AgentOptions options) => string.Join(' ', agent.Words(errand, options));

    private Dictionary<string, string> Plan(HomeFacts facts) =>
        agent.PlanHome(facts).ToDictionary(file => file.Name, file => file.Text);

    private static void AssertSame(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
}
