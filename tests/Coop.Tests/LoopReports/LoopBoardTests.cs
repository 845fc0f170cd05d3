using System.Globalization;
using Coop.AgentEvents;
using Coop.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coop.LoopReports;

public class LoopBoardTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void What_an_agent_says_is_held_back_until_the_flush_and_then_one_write_in_its_order()
    {
        RecordedTerminal terminal = new();
        LoopBoard board = new(terminal, time);
        board.Say("a line");
        board.Hear(new AgentEvent.ToolUse("Bash", "make\ntest"));
        board.Hear(new AgentEvent.Text("two\nlines", IsPart: false));
        board.Hear(new AgentEvent.Text("a pa", IsPart: true));
        board.Hear(new AgentEvent.Text("rt\n", IsPart: true));
        Assert.Equal(0, terminal.ErrorWrites);
        board.Flush();
        board.Flush();
        Assert.Equal("  a line\n  [Bash make test]\n  two\nlines\na part\n", terminal.ErrorOutput);
        Assert.Equal(1, terminal.ErrorWrites);
    }

    [Fact]
    public void A_line_of_coops_own_stands_behind_what_was_said_before_it()
    {
        RecordedTerminal terminal = new();
        LoopBoard board = new(terminal, time);
        board.Say("first");
        board.Tell("second");
        board.Say("third");
        board.End();
        Assert.Equal("  first\ncoop: second\n  third\n", terminal.ErrorOutput);
    }

    [Fact]
    public void What_is_held_back_is_bounded()
    {
        RecordedTerminal terminal = new();
        LoopBoard board = new(terminal, time);
        for (var line = 0; line < 10_000; line++)
        {
            board.Say(string.Create(CultureInfo.InvariantCulture, $"line {line}"));
        }

        Assert.InRange(terminal.ErrorOutput.Length, 100_000, 150_000);
        Assert.InRange(terminal.ErrorWrites, 2, 20);
        board.Flush();
        Assert.EndsWith("  line 9998\n  line 9999\n", terminal.ErrorOutput, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_the_last_action_stands_in_the_line_clean_and_cut()
    {
        RecordedTerminal terminal = new() { ErrorIsTerminal = true };
        LoopBoard board = new(terminal, time);
        board.Begin("task 1", done: 0, of: 4);
        board.Hear(new AgentEvent.Text("before", IsPart: false));
        board.Hear(new AgentEvent.ToolUse("Bash", "make\u001b[2J" + new string('x', 1_000_000)));
        board.Say("nobody sees this");
        board.Refresh();
        board.Flush();
        Assert.Equal($"\r\u001b[Kcoop: task 1 [----------------]  0s  Bash make{new string('x', 51)}…", terminal.ErrorOutput);
    }
}
