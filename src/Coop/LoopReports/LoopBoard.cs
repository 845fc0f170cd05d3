using System.Globalization;
using Coop.AgentEvents;
using Coop.Boxes;
using Coop.Formats;
using Coop.Runs;
using Coop.Terminal;

namespace Coop.LoopReports;

/// <summary>
/// What a person sees while the loop works: on a terminal one line that is drawn anew, elsewhere plain lines and what the agent says. Its methods may be called from any
/// thread.
/// </summary>
internal sealed class LoopBoard(ITerminal terminal, TimeProvider time)
{
    private const int BarWidth = 16;
    private const int MostActionLength = 60;

    private static readonly TimeSpan DrawStep = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private string head = "";
    private string action = "";
    private string used = "";
    private long began;
    private long drawn;
    private bool isDrawn;

    private bool IsLive => terminal.ErrorIsTerminal;

    /// <summary>A line that stays.</summary>
    public void Tell(string line)
    {
        lock (gate)
        {
            Wipe();
            terminal.Say(line);
        }
    }

    /// <summary>What is under way from now on.</summary>
    /// <param name="done">Tasks that are done.</param>
    /// <param name="of">All tasks.</param>
    public void Begin(string what, int done, int of)
    {
        lock (gate)
        {
            began = time.GetTimestamp();
            action = "";
            used = "";
            var filled = of == 0 ? 0 : done * BarWidth / of;
            head = $"{what} [{new string('#', filled)}{new string('-', BarWidth - filled)}]";
        }
    }

    /// <summary>Nothing is under way any more.</summary>
    public void End()
    {
        lock (gate)
        {
            Wipe();
            head = "";
        }
    }

    /// <summary>What the agent printed that was no event.</summary>
    public void Say(string line)
    {
        if (!IsLive)
        {
            lock (gate)
            {
                terminal.Error($"  {line}\n");
            }
        }
    }

    public void Hear(AgentEvent one)
    {
        switch (one)
        {
            case AgentEvent.Text text:
                Act(PlainText.CleanLine(text.Value));
                if (!IsLive)
                {
                    using var alone = gate.EnterScope();
                    terminal.Error(text.IsPart ? PlainText.Clean(text.Value) : $"  {PlainText.Clean(text.Value)}\n");
                }

                break;
            case AgentEvent.ToolUse tool:
                var line = PlainText.CleanLine($"{tool.Name} {tool.Detail}");
                Act(line);
                Say($"[{line}]");
                break;
            case AgentEvent.Usage usage:
                lock (gate)
                {
                    used = Tokens(usage.Tokens.Total) + (usage.CostUsd is { } cost ? $" {Dollars(cost)}" : "");
                }

                break;
            default:
                break;
        }
    }

    /// <summary>What Coop found when the box had ended.</summary>
    public void Report(GuardReport report)
    {
        foreach (var line in GuardText.Lines(report))
        {
            Tell(line);
        }
    }

    /// <summary>Draws the line anew, when it is time.</summary>
    public void Refresh()
    {
        if (!IsLive || (isDrawn && time.GetElapsedTime(drawn) < DrawStep))
        {
            return;
        }

        lock (gate)
        {
            var text = string.Join(
                "  ",
                ((string[])[head, Duration.Format(time.GetElapsedTime(began)), used, action]).Where(part => part.Length > 0)
            );
            terminal.Error($"\r\u001b[Kcoop: {text}");
            drawn = time.GetTimestamp();
            isDrawn = true;
        }
    }

    /// <summary>Shows how long is still to be waited.</summary>
    public void Count(TimeSpan left, string why)
    {
        lock (gate)
        {
            if (IsLive)
            {
                terminal.Error($"\r\u001b[Kcoop: waiting {Duration.Format(left)}: {why}");
                isDrawn = true;
            }
        }
    }

    public static string Tokens(long count) =>
        count < 10_000 ? string.Create(CultureInfo.InvariantCulture, $"{count} tokens")
        : count < 10_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{count / 1000}k tokens")
        : string.Create(CultureInfo.InvariantCulture, $"{count / 1_000_000}M tokens");

    public static string Dollars(decimal cost) => string.Create(CultureInfo.InvariantCulture, $"{cost:0.00} USD");

    private void Act(string what)
    {
        lock (gate)
        {
            action = what.Length > MostActionLength ? what[..MostActionLength] + "…" : what;
        }
    }

    private void Wipe()
    {
        if (isDrawn)
        {
            terminal.Error("\r\u001b[K");
            isDrawn = false;
        }
    }
}
