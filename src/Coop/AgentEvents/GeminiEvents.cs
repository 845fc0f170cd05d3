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
        return root.Text("type"u8) switch
        {
            "init" when root.Text("session_id"u8) is { } id => [new AgentEvent.Session(id, root.Text("model"u8))],
            "message" when root.Text("role"u8) == "assistant" && root.Text("content"u8) is { Length: > 0 } text => Said(
                text,
                root.IsTrue("delta"u8)
            ),
            "tool_use" when root.Text("tool_name"u8) is { } name => Used(name, root.Get("parameters"u8)),
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
        var stats = root.Get("stats"u8);
        AgentEvent usage = new AgentEvent.Usage(
            new TokenUsage(stats.Number("input_tokens"u8), stats.Number("cached"u8), stats.Number("output_tokens"u8)),
            CostUsd: null
        );
        if (root.Text("status"u8) == "success")
        {
            return [usage, new AgentEvent.End(true, answer.Length == 0 ? null : answer.ToString())];
        }

        var message = root.Get("error"u8).Text("message"u8) ?? "it failed";
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
