using System.Globalization;
using System.Text;
using Coop.AgentEvents;
using Coop.Boxes;
using Coop.Formats;
using Coop.Runs;
using Coop.Terminal;

namespace Coop.LoopReports;

/// <summary>
/// What a person sees while the loop works: on a terminal one line that is drawn anew, elsewhere plain lines and what the agent says. Its methods may be called from any
/// thread. What an agent says is held back until <see cref="Flush"/>, or a line of Coop's own: an agent can say a million lines in a second, and a write costs more than the line.
/// </summary>
internal sealed class LoopBoard(ITerminal terminal, TimeProvider time)
{
    private const int BarWidth = 16;
    private const int MostActionLength = 60;

    // Of what an agent does so much is looked at for the one line.
    private const int MostActionSource = 4 * 1024;

    // Characters; as text and as bytes still no large object for the collector.
    private const int MostHeld = 16 * 1024;

    private static readonly TimeSpan DrawStep = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly StringBuilder held = new(MostHeld);
    private string head = "";
    private AgentEvent? action;
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
            WriteHeld();
            Wipe();
            terminal.Say(line);
        }
    }

    /// <summary>What is under way from now on.</summary>
    /// <param name="done">Tasks that this run has brought to an end.</param>
    /// <param name="of">All it works at.</param>
    public void Begin(string what, int done, int of)
    {
        lock (gate)
        {
            began = time.GetTimestamp();
            action = null;
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
            WriteHeld();
            Wipe();
            head = "";
        }
    }

    /// <summary>What the agent printed that was no event; held back.</summary>
    public void Say(string line)
    {
        if (!IsLive)
        {
            Hold("  ", line, "\n");
        }
    }

    /// <summary>What an agent's stream tells; what there is to read of it is held back.</summary>
    public void Hear(AgentEvent one)
    {
        switch (one)
        {
            case AgentEvent.Text text:
                if (IsLive)
                {
                    Act(text);
                }
                else
                {
                    Hold(text.IsPart ? "" : "  ", PlainText.Clean(text.Value), text.IsPart ? "" : "\n");
                }

                break;
            case AgentEvent.ToolUse tool:
                if (IsLive)
                {
                    Act(tool);
                }
                else
                {
                    Hold("  [", PlainText.CleanLine(tool.Name), " ", PlainText.CleanLine(tool.Detail), "]\n");
                }

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

    /// <summary>Writes what is held back. Whoever listens to an agent calls it before it waits for more.</summary>
    public void Flush()
    {
        lock (gate)
        {
            WriteHeld();
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
                ((string[])[head, Duration.Format(time.GetElapsedTime(began)), used, ActionText()]).Where(part => part.Length > 0)
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

    private void Act(AgentEvent what)
    {
        lock (gate)
        {
            action = what;
        }
    }

    // Made when it is drawn, not for each of the events between two drawings.
    private string ActionText()
    {
        var source = action switch
        {
            AgentEvent.Text text => text.Value,
            AgentEvent.ToolUse tool => $"{tool.Name} {tool.Detail}",
            _ => "",
        };
        var line = PlainText.CleanLine(source.Length > MostActionSource ? source[..MostActionSource] : source);
        return line.Length > MostActionLength ? line[..MostActionLength] + "…" : line;
    }

    private void Hold(params ReadOnlySpan<string> parts)
    {
        lock (gate)
        {
            foreach (var part in parts)
            {
                held.Append(part);
            }

            if (held.Length >= MostHeld)
            {
                WriteHeld();
            }
        }
    }

    private void WriteHeld()
    {
        if (held.Length > 0)
        {
            terminal.Error(held.ToString());
            held.Clear();
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
