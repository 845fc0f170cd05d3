using System.Text;
using Coop.AgentEvents;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coop.Loops;

public class AgentListenerTests
{
    private readonly FakeTimeProvider time = new();
    private readonly List<AgentEvent> events = [];
    private readonly List<string> lines = [];

    [Fact]
    public void Events_are_heard_other_lines_are_said_and_documents_that_mean_nothing_are_neither()
    {
        var tail = Listen(
            """
            a warning
            {"type":"assistant","message":{"content":[{"type":"text","text":"hello"}]}}
            {"type":"a new one","of":"theirs"}

            the end
            """u8
        );
        Assert.Equal([new AgentEvent.Text("hello", IsPart: false)], events);
        Assert.Equal(["a warning", "the end"], lines);
        Assert.Contains("a warning", tail, StringComparison.Ordinal);
        Assert.EndsWith("the end\n", tail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_character_that_is_cut_by_a_write_is_whole_again(int size)
    {
        var bytes = Encoding.UTF8.GetBytes("größer als 語彙 🙂\nund mehr");
        Listen([.. bytes.Chunk(size)]);
        Assert.Equal(["größer als 語彙 🙂", "und mehr"], lines);
    }

    [Fact]
    public void What_is_no_text_is_said_without_its_control_characters()
    {
        Listen([0xff, 0xfe, 0x00, 0x1b, (byte)'[', (byte)'2', (byte)'J', (byte)'x', (byte)'\n']);
        Assert.DoesNotContain(Assert.Single(lines), char.IsControl);
    }

    [Fact]
    public void Of_lines_without_an_end_only_the_bound_is_kept_and_the_next_line_is_heard()
    {
        var block = new byte[1 << 20];
        Array.Fill(block, (byte)'x');
        var tail = Listen([.. Enumerable.Repeat(block, 12), "\nbehind\n"u8.ToArray()]);
        Assert.Equal(["behind"], lines);
        Assert.Equal("behind", tail.TrimEnd());
    }

    [Fact]
    public void Of_very_many_lines_the_first_are_said_and_the_last_are_kept()
    {
        StringBuilder text = new();
        for (var number = 0; number < 100_000; number++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"line {number}\n");
        }

        var tail = Listen(Encoding.UTF8.GetBytes(text.ToString()));
        Assert.Equal("line 0", lines[0]);
        Assert.Equal(2_000, lines.Count);
        Assert.InRange(tail.Length, 1_000, 64 * 1024);
        Assert.EndsWith("line 99998\nline 99999", tail.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_line_that_is_no_event_is_said_in_part()
    {
        Listen(Encoding.UTF8.GetBytes(new string('y', 1 << 20)));
        Assert.InRange(Assert.Single(lines).Length, 1, 4 * 1024);
    }

    [Fact]
    public void It_tells_when_something_came_last()
    {
        using AgentListener listener = new(new NoEvents(), time, events.Add, lines.Add, () => { });
        var began = listener.LastHeard;
        time.Advance(TimeSpan.FromMinutes(1));
        Write(listener, "x"u8);
        listener.Finish();
        Assert.Equal(TimeSpan.FromMinutes(1), time.GetElapsedTime(began, listener.LastHeard));
    }

    [Fact]
    public void After_all_that_one_read_brought_it_pauses_once_and_at_the_end()
    {
        List<string> told = [];
        using (AgentListener listener = new(new NoEvents(), time, events.Add, told.Add, () => told.Add("pause")))
        {
            Write(listener, "one\ntwo\nthr"u8);
            SpinWait.SpinUntil(() => told.Contains("pause"), TimeSpan.FromSeconds(30));
            Write(listener, "ee"u8);
            listener.Finish();
        }

        Assert.Equal(["one", "two", "pause", "pause", "three", "pause"], told);
    }

    private string Listen(ReadOnlySpan<byte> bytes) => Listen([bytes.ToArray()]);

    private string Listen(IReadOnlyList<byte[]> writes)
    {
        using AgentListener listener = new(new ClaudeEvents(time, TimeZoneInfo.Utc), time, events.Add, lines.Add, () => { });
        foreach (var bytes in writes)
        {
            Write(listener, bytes);
        }

        listener.Finish();
        return listener.Tail;
    }

    private static void Write(AgentListener listener, ReadOnlySpan<byte> bytes)
    {
        using FileStream pipe = new(
            new Microsoft.Win32.SafeHandles.SafeFileHandle(listener.Descriptor, ownsHandle: false),
            FileAccess.Write,
            bufferSize: 0
        );
        pipe.Write(bytes);
    }
}
