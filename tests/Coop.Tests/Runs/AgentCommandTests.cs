using Coop.TestKit;
using Xunit;

namespace Coop.Runs;

public class AgentCommandTests
{
    [Theory]
    [InlineData("claude", true)]
    [InlineData("codex", true)]
    [InlineData("gemini", true)]
    [InlineData("my-agent", true)]
    [InlineData("claude:opus/high@work", true)]
    [InlineData("my-agent@x", true)]
    [InlineData("other", false)]
    [InlineData("-my-agent", false)]
    [InlineData("My-Agent", false)]
    [InlineData("", false)]
    public void A_target_is_a_known_agent_or_one_whose_command_is_in_the_environment(string word, bool expected) =>
        Assert.Equal(expected, AgentCommand.IsTarget(word, SomeHost.With(("COOP_MY_AGENT_CMD", "my-agent --yes"))));
}
