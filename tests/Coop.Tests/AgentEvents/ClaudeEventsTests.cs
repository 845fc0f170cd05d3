using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coop.AgentEvents;

/// <summary>Lines cut from recorded streams of Claude Code 2.1.330, to the keys that count.</summary>
public class ClaudeEventsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 23, 0, TimeSpan.Zero);

    private readonly ClaudeEvents reader = new(new FakeTimeProvider(Now), TimeZoneInfo.Utc);

    [Fact]
    public void A_run_tells_session_text_tools_usage_and_end() =>
        Assert.Equal(
            [
                new AgentEvent.Session("5ca261e3", "claude-opus-5-5"),
                new AgentEvent.Text("I will write the file.", IsPart: false),
                new AgentEvent.ToolUse("Write", "/r/hello.txt"),
                new AgentEvent.ToolUse("Bash", "git commit -qm x"),
                new AgentEvent.Usage(new TokenUsage(3610, 7, 102), 0.01644m),
                new AgentEvent.End(true, "All done."),
            ],
            reader.ReadAll(
                """
                {"type":"system","subtype":"init","cwd":"/r","session_id":"5ca261e3","tools":["Bash"],"model":"claude-opus-5-5"}
                {"type":"assistant","message":{"role":"assistant","content":[{"type":"text","text":"I will write the file."}]},"session_id":"5ca261e3"}
                {"type":"assistant","message":{"content":[{"type":"tool_use","id":"t1","name":"Write","input":{"file_path":"/r/hello.txt","content":"x"}}]}}
                {"type":"user","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"File created"}]}}
                {"type":"assistant","message":{"content":[{"type":"tool_use","id":"t2","name":"Bash","input":{"command":"git commit -qm x","description":"scripted"}}]}}
                {"type":"result","subtype":"success","is_error":false,"result":"All done.","total_cost_usd":0.01644,"usage":{"input_tokens":3600,"cache_creation_input_tokens":3,"cache_read_input_tokens":7,"output_tokens":102}}
                """
            )
        );

    [Fact]
    public void A_used_up_window_is_a_limit_with_its_reset_told_once() =>
        Assert.Equal(
            [
                new AgentEvent.Limit(
                    LimitKind.Window,
                    DateTimeOffset.FromUnixTimeSeconds(1795450998),
                    "the five-hour limit is reached"
                ),
                new AgentEvent.Usage(default, 0m),
                new AgentEvent.End(false, null),
            ],
            reader.ReadAll(
                """
                {"type":"rate_limit_event","rate_limit_info":{"status":"allowed_warning","resetsAt":1795450998,"rateLimitType":"five_hour"}}
                {"type":"rate_limit_event","rate_limit_info":{"status":"rejected","resetsAt":1795450998,"rateLimitType":"five_hour"}}
                {"type":"assistant","message":{"model":"<synthetic>","content":[{"type":"text","text":"You've hit your 5-hour limit"}]},"is_api_error_message":true}
                {"type":"result","subtype":"success","is_error":true,"api_error_status":429,"api_error":"usage_limit_reached","result":"You've hit your 5-hour limit · resets 4:23pm (UTC)","total_cost_usd":0,"usage":{"input_tokens":0}}
                """
            )
        );

    [Fact]
    public void Without_the_number_the_reset_is_read_from_the_programs_own_words()
    {
        var limit = Reason(
            """{"type":"result","is_error":true,"api_error_status":429,"api_error":"usage_limit_reached","result":"You've hit your 5-hour limit · resets 4:23pm (UTC)"}"""
        );
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 16, 23, 0, TimeSpan.Zero), Assert.IsType<AgentEvent.Limit>(limit).ResetsAt);
    }

    [Theory]
    [InlineData(429, nameof(LimitKind.Rate))]
    [InlineData(529, nameof(LimitKind.Overload))]
    [InlineData(503, nameof(LimitKind.Overload))]
    public void A_refused_request_is_a_limit_without_a_reset(int status, string kind)
    {
        var limit = Reason($$"""{"type":"result","is_error":true,"api_error_status":{{status}},"result":"API Error"}""");
        Assert.Equal(new AgentEvent.Limit(Enum.Parse<LimitKind>(kind), null, "API Error"), limit);
    }

    [Fact]
    public void A_wrong_key_is_an_error_with_its_status() =>
        Assert.Equal(
            new AgentEvent.Error("Invalid API key", 401),
            Reason("""{"type":"result","is_error":true,"subtype":"success","api_error_status":401,"result":"Invalid API key"}""")
        );

    [Theory]
    [InlineData(
        """{"type":"assistant","message":{"content":[{"type":"text","text":"You've hit your 5-hour limit · resets 4:23pm (UTC)"}]}}"""
    )]
    [InlineData(
        """{"type":"user","message":{"content":[{"type":"tool_result","content":"{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\"}}"}]}}"""
    )]
    public void What_an_agent_says_or_a_tool_prints_is_no_limit(string line) =>
        Assert.DoesNotContain(reader.ReadAll(line), said => said is AgentEvent.Limit);

    [Theory]
    [InlineData("")]
    [InlineData("Warning: something")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("""{"type":"new_thing","message":7}""")]
    [InlineData("""{"type":"assistant","message":{"content":"text"}}""")]
    [InlineData("""{"type":"assistant","message":{"content":[1,null,{"type":"text","text":"\ud800"}]}}""")]
    [InlineData("""{"type":"system","subtype":"init","session_id":5}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"type":"assis\ud800 and so much that it could be the word"}""")]
    [InlineData("""{"ty\ud800 and so much that it could be the name":1}""")]
    [InlineData("""{"\ud800 and so much that it could be the name":1,"type":"assistant"}""")]
    [InlineData(
        """{"type":"assistant","message":{"content":[{"type":"tool_use","name":"x","input":{"\ud800 and so on":1}}]}}x"""
    )]
    public void What_is_unknown_or_broken_says_nothing(string line) => Assert.Equal([], reader.ReadAll(line));

    private AgentEvent Reason(string line) =>
        Assert.Single(reader.ReadAll(line), said => said is AgentEvent.Limit or AgentEvent.Error);
}
