using Coop.AgentHomes;
using Coop.Errors;
using Coop.TestKit;
using Xunit;

namespace Coop.Agents;

public class CodexAgentTests
{
    private readonly CodexAgent agent = new();

    [Fact]
    public void Each_errand_has_its_command_line()
    {
        AgentOptions options = new()
        {
            Model = "gpt-6.1-sol",
            Effort = "high",
            Resume = new AgentResume.Last(),
        };
        const string Program = "codex --dangerously-bypass-approvals-and-sandbox --no-daemon";
        const string Chosen = "-m gpt-6.1-sol -c model_reasoning_effort=\"high\"";
        Assert.Equal($"{Program} {Chosen} resume --last", Words(new AgentErrand.Interactive(), options));
        Assert.Equal(
            $"{Program} exec resume --last --json --skip-git-repo-check {Chosen} -- do it",
            Words(new AgentErrand.Headless("do it", IsStructured: true), options)
        );
        Assert.Equal($"{Program} exec --skip-git-repo-check {Chosen} -- why", Words(new AgentErrand.Peer("why"), options));
        Assert.Equal("codex-acp", Words(new AgentErrand.Acp(), options));
        Assert.Equal("codex login", Words(new AgentErrand.Login(HasWords: true), options));
        Assert.Equal("codex login --device-auth", Words(new AgentErrand.Login(HasWords: false), options));
    }

    [Fact]
    public void The_first_run_is_answered_and_silenced_without_touching_what_the_user_set()
    {
        var files = Plan(
            SomeHome.With(user: [("config.toml", "check_for_update_on_startup = true\nmodel = \"m\"\n[analytics]\nother = 1\n")])
        );
        Assert.Equal(
            """
            check_for_update_on_startup = true
            model = "m"
            [analytics]
            other = 1
            enabled = false
            [projects]
            [projects."/r"]
            trust_level = "trusted"
            [features]
            plugins = false
            """,
            files["config.toml"].Trim()
        );
    }

    [Fact]
    public void A_clash_of_tool_servers_is_won_by_the_users_one_file()
    {
        var files = Plan(
            SomeHome.With(
                user:
                [
                    (
                        "config.toml",
                        "[mcp_servers.mini]\ncommand = \"old\"\n[mcp_servers.mini.env]\nOLD = \"1\"\n[mcp_servers.kept]\ncommand = \"k\"\n"
                    ),
                ],
                servers: SomeHome.TwoServers
            )
        );
        Assert.Contains(
            """
            [mcp_servers]
            [mcp_servers.mini]
            command = "node"
            args = ["m.mjs"]
            [mcp_servers.mini.env]
            A = "b"
            [mcp_servers.kept]
            command = "k"
            [mcp_servers.web]
            url = "http://127.0.0.1:1/mcp"
            bearer_token_env_var = "TOKEN"
            [mcp_servers.web.http_headers]
            X = "y"
            """,
            files["config.toml"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_key_becomes_the_file_that_the_agent_reads_unless_there_is_a_login()
    {
        (string, string)[] key = [("OPENAI_API_KEY", "k")];
        Assert.Equal("""{"auth_mode":"apikey","OPENAI_API_KEY":"k"}""", Plan(SomeHome.With(variables: key))["auth.json"]);
        Assert.DoesNotContain("auth.json", Plan(SomeHome.With(variables: key, credential: "auth.json")).Keys);
    }

    [Fact]
    public void A_broken_file_of_the_users_is_named_with_its_line() =>
        Assert.Equal(
            "/c/agent/config.toml:2: this is no TOML.",
            Assert.Throws<UserError>(() => Plan(SomeHome.With(user: [("config.toml", "a = 1\nb = \n")]))).Message
        );

    [Theory]
    [InlineData("""{"auth_mode":"apikey","OPENAI_API_KEY":"k"}""", null, false)]
    [InlineData(
        """{"auth_mode":"chatgpt","tokens":{"access_token":"h.eyJleHAiOjE3OTU0NTA5OTh9.s","refresh_token":"r"}}""", // coop:allow-secret made up for this test
        1795450998L,
        true
    )]
    [InlineData("""{"tokens":{"access_token":"h.!!.s"}}""", null, false)]
    [InlineData("""{"tokens":{"access_token":"none"}}""", null, false)]
    public void A_logins_term_is_read_from_its_token(string text, long? expires, bool renews) =>
        Assert.Equal(
            new CredentialTerm(true, expires is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null, renews),
            agent.ReadCredential(System.Text.Encoding.UTF8.GetBytes(text))
        );

    private string Words(AgentErrand errand, AgentOptions options) => string.Join(' ', agent.Words(errand, options));

    private Dictionary<string, string> Plan(HomeFacts facts) =>
        agent.PlanHome(facts).ToDictionary(file => file.Name, file => file.Text);
}
