using Coop.AgentEvents;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coop.Loops;

public class AgentTallyTests
{
    private readonly AgentTally tally = new();

    [Fact]
    public void Of_a_turn_of_codex_that_is_cut_off_the_tokens_are_not_known()
    {
        Take(
            """
            {"type":"thread.started","thread_id":"t"}
            {"type":"item.completed","item":{"id":"1","type":"agent_message","text":"half"}}
            {"type":"turn.failed","error":{"message":"You’ve hit your usage limit. Try again at 4:23 PM."}}
            """
        );
        Assert.Null(tally.Tokens);
        Assert.True(tally.HasFailed);
        Assert.Equal(LimitKind.Window, tally.Limit?.Kind);
    }

    [Fact]
    public void Of_several_words_on_what_was_used_the_last_counts()
    {
        Take(
            """
            {"type":"turn.completed","usage":{"input_tokens":10,"cached_input_tokens":1,"output_tokens":2}}
            {"type":"turn.completed","usage":{"input_tokens":30,"cached_input_tokens":2,"output_tokens":4}}
            """
        );
        Assert.Equal(new TokenUsage(30, 2, 4), tally.Tokens);
    }

    private void Take(string stream)
    {
        foreach (var one in new CodexEvents(new FakeTimeProvider(), TimeZoneInfo.Utc).ReadAll(stream))
        {
            tally.Take(one);
        }
    }
}
