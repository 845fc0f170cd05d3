using System.Text.Json;
using System.Text.RegularExpressions;

namespace Coop.AgentEvents;

/// <summary>The stream of <c>codex exec --json</c> (recorded from version 0.169.0).</summary>
/// <param name="zone">The box's: a limit's time is told as a clock shows it there.</param>
internal sealed partial class CodexEvents(TimeProvider time, TimeZoneInfo zone) : IAgentEventReader
{
    private readonly HashSet<string> started = new(StringComparer.Ordinal);
    private string? lastText;
    private string? lastTrouble;

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
            "thread.started" when root.Text("thread_id"u8) is { } id => [new AgentEvent.Session(id, null)],
            "item.started" => Item(root.Get("item"u8), isStart: true),
            "item.completed" => Item(root.Get("item"u8), isStart: false),
            "turn.completed" => [Used(root.Get("usage"u8)), new AgentEvent.End(true, lastText)],
            "error" => Trouble(root.Text("message"u8)),
            "turn.failed" =>
            [
                .. Trouble(root.Get("error"u8).Text("message"u8) ?? "the turn failed"),
                new AgentEvent.End(false, null),
            ],
            _ => [],
        };
    }

    private IReadOnlyList<AgentEvent> Item(JsonElement? item, bool isStart)
    {
        if (item.Text("type"u8) == "agent_message")
        {
            lastText = isStart ? lastText : item.Text("text"u8) ?? lastText;
            return isStart || item.Text("text"u8) is not { Length: > 0 } text ? [] : [new AgentEvent.Text(text, IsPart: false)];
        }

        // A tool is told when it starts; one that never said so is told at its end.
        if (Tool(item) is not { } tool || !started.Add(item.Text("id"u8) ?? ""))
        {
            return [];
        }

        return [tool];
    }

    private static AgentEvent.ToolUse? Tool(JsonElement? item) =>
        item.Text("type"u8) switch
        {
            "command_execution" => new AgentEvent.ToolUse("shell", item.Text("command"u8) ?? ""),
            "file_change" => new AgentEvent.ToolUse(
                "edit",
                string.Join(", ", item.Items("changes"u8).Select(change => change.Text("path"u8)).OfType<string>())
            ),
            "mcp_tool_call" => new AgentEvent.ToolUse(
                $"{item.Text("server"u8)}.{item.Text("tool"u8)}",
                ToolDetail.Of(item.Get("arguments"u8))
            ),
            "web_search" => new AgentEvent.ToolUse("search", item.Text("query"u8) ?? ""),
            _ => null,
        };

    private static AgentEvent.Usage Used(JsonElement? usage) =>
        new(
            new TokenUsage(
                usage.Number("input_tokens"u8),
                usage.Number("cached_input_tokens"u8),
                usage.Number("output_tokens"u8)
            ),
            CostUsd: null
        );

    private IReadOnlyList<AgentEvent> Trouble(string? message)
    {
        // It tries again by itself; and the turn's failure repeats the last error word by word.
        if (message is null || message.StartsWith("Reconnecting", StringComparison.Ordinal) || message == lastTrouble)
        {
            return [];
        }

        lastTrouble = message;
        var status = Status().Match(message) is { Success: true } match
            ? int.Parse(match.Groups["code"].Value, System.Globalization.CultureInfo.InvariantCulture)
            : (int?)null;

        // The apostrophe is a typographic one.
        if (message.Contains("hit your usage limit", StringComparison.Ordinal))
        {
            return [new AgentEvent.Limit(LimitKind.Window, LimitText.ResetTime(message, time.GetUtcNow(), zone), message)];
        }

        return status switch
        {
            429 => [new AgentEvent.Limit(LimitKind.Rate, null, message)],
            529 or 503 => [new AgentEvent.Limit(LimitKind.Overload, null, message)],
            _ when message.Contains("at capacity", StringComparison.Ordinal) =>
            [
                new AgentEvent.Limit(LimitKind.Overload, null, message),
            ],
            _ => [new AgentEvent.Error(message, status)],
        };
    }

    [GeneratedRegex(@"\bstatus:? (?<code>[1-5]\d\d)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Status();
}
