using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coop.AgentEvents;

/// <summary>Lines of recorded streams of Gemini CLI 0.61.0.</summary>
public class GeminiEventsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 23, 0, TimeSpan.Zero);

    private readonly GeminiEvents reader = new(new FakeTimeProvider(Now));

    [Fact]
    public void Of_an_answer_without_an_end_the_newest_is_kept()
    {
        var part = $$"""{"type":"message","role":"assistant","content":"{{new string('x', 100_000)}}","delta":true}""";
        var stream =
            string.Join('\n', Enumerable.Repeat(part, 30)) + "\n" + part.Replace("x\",", "end\",", StringComparison.Ordinal);
        var said = reader.ReadAll(stream + "\n" + """{"type":"result","status":"success","stats":{}}""");
        var answer = Assert.IsType<AgentEvent.End>(said[^1]).FinalText!;
        Assert.InRange(answer.Length, 100_000, 1 << 20);
        Assert.EndsWith("xend", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_tells_session_parts_of_text_tools_usage_and_the_answer_behind_the_last_tool() =>
        Assert.Equal(
            [
                new AgentEvent.Session("bb56d021", "auto"),
                new AgentEvent.Text("I ", IsPart: true),
                new AgentEvent.ToolUse("write_file", "/r/hello.txt"),
                new AgentEvent.Text("All ", IsPart: true),
                new AgentEvent.Text("done.", IsPart: true),
                new AgentEvent.Usage(new TokenUsage(4800, 5, 136), null),
                new AgentEvent.End(true, "All done."),
            ],
            reader.ReadAll(
                """
                {"type":"init","timestamp":"2026-11-23T14:22:12.186Z","session_id":"bb56d021","model":"auto"}
                {"type":"message","role":"user","content":"write hello.txt"}
                {"type":"message","role":"assistant","content":"I ","delta":true}
                {"type":"tool_use","tool_name":"write_file","tool_id":"w1","parameters":{"file_path":"/r/hello.txt","content":"x"}}
                {"type":"tool_result","tool_id":"w1","status":"success"}
                {"type":"message","role":"assistant","content":"All ","delta":true}
                {"type":"message","role":"assistant","content":"done.","delta":true}
                {"type":"result","status":"success","stats":{"total_tokens":4936,"input_tokens":4800,"output_tokens":136,"cached":5}}
                """
            )
        );

    [Theory]
    [InlineData("[API Error: You have exhausted your daily quota on this model.]", nameof(LimitKind.Daily), null)]
    [InlineData("[API Error: Resource has been exhausted\\nSuggested retry after 2s.]", nameof(LimitKind.Rate), 2)]
    [InlineData("[API Error: The model is overloaded. Please try again later.]", nameof(LimitKind.Overload), null)]
    public void A_refusal_is_a_limit(string message, string kind, int? seconds)
    {
        var limit = Assert.IsType<AgentEvent.Limit>(reader.ReadAll(Failure(message))[1]);
        Assert.Equal((kind, seconds is { } wait ? Now.AddSeconds(wait) : null), (limit.Kind.ToString(), limit.ResetsAt));
    }

    [Fact]
    public void Another_failure_is_an_error() =>
        Assert.Equal(
            [
                new AgentEvent.Usage(default, null),
                new AgentEvent.Error("API key not valid", null),
                new AgentEvent.End(false, null),
            ],
            reader.ReadAll(Failure("API key not valid"))
        );

    private static string Failure(string message) =>
        $$$"""{"type":"result","status":"error","error":{"type":"unknown","message":"{{{message}}}"},"stats":{}}""";
}
