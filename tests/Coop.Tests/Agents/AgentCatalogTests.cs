using Xunit;

namespace Coop.Agents;

public class AgentCatalogTests
{
    [Theory]
    [InlineData("claude", "claude --dangerously-skip-permissions", "COOP_CLAUDE_CMD")]
    [InlineData("codex", "codex --dangerously-bypass-approvals-and-sandbox --no-daemon", "COOP_CODEX_CMD")]
    [InlineData("gemini", "gemini --yolo", "COOP_GEMINI_CMD")]
    [InlineData("qwen", "qwen --yolo", "COOP_QWEN_CMD")]
    public void Each_agent_has_its_command_without_brakes(string name, string command, string setting)
    {
        var agent = AgentCatalog.Find(name)!;
        Assert.Equal((command, setting), (string.Join(' ', agent.Command), AgentSettings.CommandKey(agent.Name)));
    }

    [Fact]
    public void A_key_belongs_to_one_agent_but_for_the_one_that_two_agents_read()
    {
        var keys = AgentCatalog.All.SelectMany(agent => agent.KeyVariables).ToList();
        Assert.Equal(["OPENAI_API_KEY"], keys.GroupBy(key => key).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.All(keys, key => Assert.True(AgentCatalog.IsAgentKey(key)));
        Assert.False(AgentCatalog.IsAgentKey("PATH"));
    }

    [Theory]
    [InlineData("Claude")]
    [InlineData("")]
    public void Names_are_exact(string name) => Assert.Null(AgentCatalog.Find(name));

    [Fact]
    public void The_setting_of_a_name_with_dashes_has_underscores() =>
        Assert.Equal("COOP_MY_AGENT_CMD", AgentSettings.CommandKey("my-agent"));
}
