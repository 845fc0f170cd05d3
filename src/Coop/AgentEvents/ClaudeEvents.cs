using System.Text.Json;

namespace Coop.AgentEvents;

/// <summary>
/// The stream of <c>claude -p --output-format stream-json --verbose</c> (recorded from version 2.1.330), which Qwen Code writes too.
/// </summary>
/// <param name="zone">The box's.</param>
internal sealed class ClaudeEvents(TimeProvider time, TimeZoneInfo zone) : IAgentEventReader
{
    private bool saidLimit;

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
            "system" when root.Text("subtype") == "init" && root.Text("session_id") is { } id =>
            [
                new AgentEvent.Session(id, root.Text("model")),
            ],
            "assistant" => [.. Said(root)],
            "rate_limit_event" => Limited(root.Get("rate_limit_info")),
            "result" => Result(root),
            _ => [],
        };
    }

    private static IEnumerable<AgentEvent> Said(JsonElement root)
    {
        // The program's own error, put into the agent's mouth; the result says it again, with its number.
        if (root.IsTrue("is_api_error_message"))
        {
            yield break;
        }

        foreach (var part in root.Get("message").Items("content"))
        {
            switch (part.Text("type"))
            {
                case "text" when part.Text("text") is { Length: > 0 } text:
                    yield return new AgentEvent.Text(text, IsPart: false);
                    break;
                case "tool_use" when part.Text("name") is { } name:
                    yield return new AgentEvent.ToolUse(name, ToolDetail.Of(part.Get("input")));
                    break;
                default:
                    break;
            }
        }
    }

    private IReadOnlyList<AgentEvent> Limited(JsonElement? info)
    {
        // Otherwise only a word on how much is left.
        if (info.Text("status") != "rejected")
        {
            return [];
        }

        saidLimit = true;
        var window = info.Text("rateLimitType") is { } type
            ? $"the {type.Replace('_', '-')} limit is reached"
            : "a limit is reached";
        return [new AgentEvent.Limit(LimitKind.Window, Instant(info.Number("resetsAt")), window)];
    }

    private static DateTimeOffset? Instant(long seconds) =>
        seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private IReadOnlyList<AgentEvent> Result(JsonElement root)
    {
        var used = root.Get("usage");
        var cached = used.Number("cache_read_input_tokens");
        TokenUsage tokens = new(
            used.Number("input_tokens") + used.Number("cache_creation_input_tokens") + cached,
            cached,
            used.Number("output_tokens")
        );
        var text = root.Text("result");
        AgentEvent usage = new AgentEvent.Usage(tokens, root.Decimal("total_cost_usd"));
        if (!root.IsTrue("is_error"))
        {
            return [usage, new AgentEvent.End(true, text)];
        }

        // subtype says «success» even then.
        var status = (int)root.Number("api_error_status");
        var message = text ?? root.Text("subtype") ?? "it failed";
        AgentEvent? reason = status switch
        {
            429 when root.Text("api_error") == "usage_limit_reached" => saidLimit
                ? null
                : new AgentEvent.Limit(LimitKind.Window, LimitText.ResetTime(message, time.GetUtcNow(), zone), message),
            429 => new AgentEvent.Limit(LimitKind.Rate, null, message),
            529 or 503 => new AgentEvent.Limit(LimitKind.Overload, null, message),
            _ => new AgentEvent.Error(message, status == 0 ? null : status),
        };
        return reason is null ? [usage, new AgentEvent.End(false, null)] : [usage, reason, new AgentEvent.End(false, null)];
    }
}
