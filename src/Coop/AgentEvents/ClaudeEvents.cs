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
        var type = root.Get("type"u8);
        return type.Is("assistant"u8) ? Said(root)
            : type.Is("result"u8) ? Result(root)
            : type.Is("rate_limit_event"u8) ? Limited(root.Get("rate_limit_info"u8))
            : type.Is("system"u8) && root.Get("subtype"u8).Is("init"u8) && root.Text("session_id"u8) is { } id
                ? [new AgentEvent.Session(id, root.Text("model"u8))]
            : [];
    }

    private static List<AgentEvent> Said(JsonElement root)
    {
        List<AgentEvent> said = new(1);
        foreach (var part in root.Get("message"u8).Items("content"u8))
        {
            var type = part.Get("type"u8);
            if (type.Is("text"u8) && part.Text("text"u8) is { Length: > 0 } text && !root.IsTrue("is_api_error_message"u8))
            {
                // Else it is the program's own error, put into the agent's mouth; the result says it again, with its number.
                said.Add(new AgentEvent.Text(text, IsPart: false));
            }
            else if (type.Is("tool_use"u8) && part.Text("name"u8) is { } name)
            {
                said.Add(new AgentEvent.ToolUse(name, ToolDetail.Of(part.Get("input"u8))));
            }
        }

        return said;
    }

    private IReadOnlyList<AgentEvent> Limited(JsonElement? info)
    {
        // Otherwise only a word on how much is left.
        if (info.Text("status"u8) != "rejected")
        {
            return [];
        }

        saidLimit = true;
        var window = info.Text("rateLimitType"u8) is { } type
            ? $"the {type.Replace('_', '-')} limit is reached"
            : "a limit is reached";
        return [new AgentEvent.Limit(LimitKind.Window, Instant(info.Number("resetsAt"u8)), window)];
    }

    private static DateTimeOffset? Instant(long seconds) =>
        seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private IReadOnlyList<AgentEvent> Result(JsonElement root)
    {
        var used = root.Get("usage"u8);
        var cached = used.Number("cache_read_input_tokens"u8);
        TokenUsage tokens = new(
            used.Number("input_tokens"u8) + used.Number("cache_creation_input_tokens"u8) + cached,
            cached,
            used.Number("output_tokens"u8)
        );
        var text = root.Text("result"u8);
        AgentEvent usage = new AgentEvent.Usage(tokens, root.Decimal("total_cost_usd"u8));
        if (!root.IsTrue("is_error"u8))
        {
            return [usage, new AgentEvent.End(true, text)];
        }

        // subtype says «success» even then.
        var status = (int)root.Number("api_error_status"u8);
        var message = text ?? root.Text("subtype"u8) ?? "it failed";
        AgentEvent? reason = status switch
        {
            429 when root.Text("api_error"u8) == "usage_limit_reached" => saidLimit
                ? null
                : new AgentEvent.Limit(LimitKind.Window, LimitText.ResetTime(message, time.GetUtcNow(), zone), message),
            429 => new AgentEvent.Limit(LimitKind.Rate, null, message),
            529 or 503 => new AgentEvent.Limit(LimitKind.Overload, null, message),
            _ => new AgentEvent.Error(message, status == 0 ? null : status),
        };
        return reason is null ? [usage, new AgentEvent.End(false, null)] : [usage, reason, new AgentEvent.End(false, null)];
    }
}
