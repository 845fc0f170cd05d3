using Coop.AgentHomes;
using Coop.TestKit;
using Xunit;

namespace Coop.Agents;

public class GeminiAgentTests
{
    private readonly GeminiAgent agent = new();

    [Fact]
    public void Each_errand_has_its_command_line()
    {
        AgentOptions options = new() { Model = "gemini-2.5-pro", Resume = new AgentResume.Last() };
        const string Chosen = "-m gemini-2.5-pro --resume latest";
        Assert.Equal($"gemini --yolo {Chosen}", Words(new AgentErrand.Interactive(), options));
        Assert.Equal(
            $"gemini --yolo --skip-trust {Chosen} -o stream-json --prompt=-do it",
            Words(new AgentErrand.Headless("-do it", IsStructured: true), options)
        );
        Assert.Equal(
            $"gemini --approval-mode plan --skip-trust {Chosen} --prompt=why",
            Words(new AgentErrand.Peer("why"), options)
        );
        Assert.Equal("gemini --acp", Words(new AgentErrand.Acp(), options));
        Assert.Equal("gemini", Words(new AgentErrand.Login(HasWords: false), options));
    }

    [Theory]
    [InlineData(null, "GEMINI_API_KEY", "gemini-api-key")]
    [InlineData(null, "GOOGLE_API_KEY", "vertex-ai")]
    [InlineData("oauth_creds.json", "GEMINI_API_KEY", "oauth-personal")]
    public void The_way_of_signing_in_is_chosen_by_what_is_there(string? credential, string variable, string expected)
    {
        var settings = Plan(SomeHome.With(variables: [(variable, "k")], credential: credential))["settings.json"];
        Assert.Contains($"\"selectedType\":\"{expected}\"", settings, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_run_is_answered_and_silenced_without_touching_what_the_user_set()
    {
        var files = Plan(
            SomeHome.With(
                user:
                [
                    (
                        "settings.json",
                        """{"security":{"auth":{"selectedType":"vertex-ai"}},"ui":{"theme":"Mine"},"mcpServers":{"web":{"command":"old"}}}"""
                    ),
                ],
                variables: [("GEMINI_API_KEY", "k")],
                servers: SomeHome.TwoServers
            )
        );
        Assert.Equal(
            """{"security":{"auth":{"selectedType":"vertex-ai"}},"ui":{"theme":"Mine"},"mcpServers":{"web":{"httpUrl":"http://127.0.0.1:1/mcp","headers":{"X":"y","Authorization":"Bearer $TOKEN"}},"mini":{"command":"node","args":["m.mjs"],"env":{"A":"b"}}},"privacy":{"usageStatisticsEnabled":false},"general":{"enableAutoUpdate":false,"sessionRetention":{"enabled":false},"enableAutoUpdateNotification":false}}"""
                + "\n",
            files["settings.json"]
        );
        Assert.Equal("""{"/r":"TRUST_FOLDER"}""" + "\n", files["trustedFolders.json"]);
    }

    [Fact]
    public void A_folder_that_the_user_distrusts_stays_so() =>
        Assert.Equal(
            """{"/r":"DO_NOT_TRUST"}""" + "\n",
            Plan(SomeHome.With(user: [("trustedFolders.json", """{"/r":"DO_NOT_TRUST"}""")]))["trustedFolders.json"]
        );

    private string Words(AgentErrand errand, AgentOptions options) => string.Join(' ', agent.Words(errand, options));

    private Dictionary<string, string> Plan(HomeFacts facts) =>
        agent.PlanHome(facts).ToDictionary(file => file.Name, file => file.Text);
}
