using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coop.AgentEvents;

/// <summary>Lines of recorded streams of Codex 0.169.0.</summary>
public class CodexEventsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 23, 0, TimeSpan.Zero);

    private readonly CodexEvents reader = new(new FakeTimeProvider(Now), TimeZoneInfo.Utc);

    [Fact]
    public void A_run_tells_session_text_each_tool_once_usage_and_end() =>
        Assert.Equal(
            [
                new AgentEvent.Session("01a208c7", null),
                new AgentEvent.Text("I will write the file.", IsPart: false),
                new AgentEvent.ToolUse("edit", "/r/a.txt, /r/b.txt"),
                new AgentEvent.ToolUse("shell", "/bin/bash -lc 'git commit'"),
                new AgentEvent.ToolUse("mini.ping_mock", ""),
                new AgentEvent.ToolUse("search", "weather"),
                new AgentEvent.Text("All done.", IsPart: false),
                new AgentEvent.Usage(new TokenUsage(3600, 12, 102), null),
                new AgentEvent.End(true, "All done."),
            ],
            reader.ReadAll(
                """
                {"type":"thread.started","thread_id":"01a208c7"}
                {"type":"turn.started"}
                {"type":"item.completed","item":{"id":"item_0","type":"agent_message","text":"I will write the file."}}
                {"type":"item.started","item":{"id":"item_1","type":"file_change","changes":[{"path":"/r/a.txt","kind":"add"},{"path":"/r/b.txt","kind":"add"}],"status":"in_progress"}}
                {"type":"item.completed","item":{"id":"item_1","type":"file_change","changes":[{"path":"/r/a.txt","kind":"add"}],"status":"completed"}}
                {"type":"item.started","item":{"id":"item_3","type":"command_execution","command":"/bin/bash -lc 'git commit'","exit_code":null}}
                {"type":"item.completed","item":{"id":"item_3","type":"command_execution","command":"/bin/bash -lc 'git commit'","aggregated_output":"ok","exit_code":0}}
                {"type":"item.started","item":{"id":"item_4","type":"mcp_tool_call","server":"mini","tool":"ping_mock","arguments":{"x":"1"}}}
                {"type":"item.completed","item":{"id":"item_5","type":"web_search","query":"weather"}}
                {"type":"item.completed","item":{"id":"item_6","type":"error","message":"a warning"}}
                {"type":"item.completed","item":{"id":"item_7","type":"agent_message","text":"All done."}}
                {"type":"turn.completed","usage":{"input_tokens":3600,"cached_input_tokens":12,"output_tokens":102,"reasoning_output_tokens":0}}
                """
            )
        );

    [Fact]
    public void A_used_up_allowance_is_a_limit_at_the_next_such_time_told_once()
    {
        const string Words =
            "You’ve hit your usage limit. Upgrade to Pro (https://chatgpt.com/explore/pro), visit https://chatgpt.com/settings/usage to purchase more credits or try again at 4:23 PM.";
        Assert.Equal(
            [
                new AgentEvent.Limit(LimitKind.Window, new DateTimeOffset(2026, 11, 23, 16, 23, 0, TimeSpan.Zero), Words),
                new AgentEvent.End(false, null),
            ],
            reader.ReadAll(
                $$$"""
                {"type":"error","message":"{{{Words}}}"}
                {"type":"turn.failed","error":{"message":"{{{Words}}}"}}
                """
            )
        );
    }

    [Fact]
    public void Its_own_tries_are_no_failure_and_the_last_one_is() =>
        Assert.Equal(
            [
                new AgentEvent.Limit(LimitKind.Rate, null, "exceeded retry limit, last status: 429 Too Many Requests"),
                new AgentEvent.End(false, null),
            ],
            reader.ReadAll(
                """
                {"type":"error","message":"Reconnecting... 5/5 (exceeded retry limit, last status: 429 Too Many Requests)"}
                {"type":"error","message":"exceeded retry limit, last status: 429 Too Many Requests"}
                {"type":"turn.failed","error":{"message":"exceeded retry limit, last status: 429 Too Many Requests"}}
                """
            )
        );

    [Theory]
    [InlineData("unexpected status 401 Unauthorized: Incorrect API key provided, url: http://127.0.0.1:1/v1/responses", 401)]
    [InlineData("stream disconnected before completion", null)]
    public void Another_failure_is_an_error(string message, int? status) =>
        Assert.Equal(
            [new AgentEvent.Error(message, status), new AgentEvent.End(false, null)],
            reader.ReadAll($$$"""{"type":"turn.failed","error":{"message":"{{{message}}}"}}""")
        );

    [Fact]
    public void A_message_of_the_agent_about_limits_is_only_text() =>
        Assert.Equal(
            [new AgentEvent.Text("You’ve hit your usage limit. try again at 4:23 PM.", IsPart: false)],
            reader.ReadAll(
                """{"type":"item.completed","item":{"id":"i","type":"agent_message","text":"You’ve hit your usage limit. try again at 4:23 PM."}}"""
            )
        );
}
