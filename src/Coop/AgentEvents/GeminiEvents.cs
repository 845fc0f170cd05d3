using System.Text;
using System.Text.Json;

namespace Coop.AgentEvents;

/// <summary>The stream of <c>gemini -o stream-json</c> (recorded from version 0.61.0).</summary>
internal sealed class GeminiEvents(TimeProvider time) : IAgentEventReader
{
    private readonly StringBuilder answer = new();

    public IReadOnlyList<AgentEvent> Read(ReadOnlyMemory<byte> line)
    {
        using var document = JsonLine.Parse(line);
        if (document is null)
        {
            return [];
        }

        var root = document.RootElement;
        return root.Text("type") switch
        {
            "init" when root.Text("session_id") is { } id => [new AgentEvent.Session(id, root.Text("model"))],
            "message" when root.Text("role") == "assistant" && root.Text("content") is { Length: > 0 } text => Said(
                text,
                root.IsTrue("delta")
            ),
            "tool_use" when root.Text("tool_name") is { } name => Used(name, root.Get("parameters")),
            "result" => Result(root),
            _ => [],
        };
    }

    private AgentEvent[] Said(string text, bool isPart)
    {
        answer.Append(text);
        return [new AgentEvent.Text(text, isPart)];
    }

    private AgentEvent[] Used(string name, JsonElement? parameters)
    {
        // What was said before a tool is not the answer.
        answer.Clear();
        return [new AgentEvent.ToolUse(name, ToolDetail.Of(parameters))];
    }

    private IReadOnlyList<AgentEvent> Result(JsonElement root)
    {
        var stats = root.Get("stats");
        AgentEvent usage = new AgentEvent.Usage(
            new TokenUsage(stats.Number("input_tokens"), stats.Number("cached"), stats.Number("output_tokens")),
            CostUsd: null
        );
        if (root.Text("status") == "success")
        {
            return [usage, new AgentEvent.End(true, answer.Length == 0 ? null : answer.ToString())];
        }

        var message = root.Get("error").Text("message") ?? "it failed";
        return [usage, Reason(message), new AgentEvent.End(false, null)];
    }

    // The type is «unknown» for all of them: the program's own words are all there is.
    private AgentEvent Reason(string message)
    {
        if (message.Contains("exhausted your daily quota", StringComparison.Ordinal))
        {
            return new AgentEvent.Limit(LimitKind.Daily, null, message);
        }

        if (
            message.Contains("has been exhausted", StringComparison.Ordinal)
            || message.Contains("status: 429", StringComparison.Ordinal)
        )
        {
            return new AgentEvent.Limit(
                LimitKind.Rate,
                LimitText.ResetTime(message, time.GetUtcNow(), TimeZoneInfo.Utc),
                message
            );
        }

        return message.Contains("overloaded", StringComparison.OrdinalIgnoreCase)
            ? new AgentEvent.Limit(LimitKind.Overload, null, message)
            : new AgentEvent.Error(message, null);
    }
}
