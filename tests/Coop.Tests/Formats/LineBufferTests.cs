using System.Text;
using Xunit;

namespace Coop.Formats;

public class LineBufferTests
{
    private readonly LineBuffer buffer = new(16 * 1024);

    [Fact]
    public void Lines_come_whole_and_in_order_however_they_are_cut()
    {
        var text = string.Concat(Enumerable.Range(0, 200).Select(number => $"line {number} ä\n"));
        List<string> lines = [];
        foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(7))
        {
            Assert.True(buffer.TryAdd(piece));
            while (buffer.TakeLine() is { } line)
            {
                lines.Add(line);
            }
        }

        Assert.Equal(text, string.Concat(lines.Select(line => line + "\n")));
        Assert.Null(buffer.TakeLine());
    }

    [Fact]
    public void Bytes_between_lines_are_taken_when_all_of_them_are_there()
    {
        buffer.TryAdd("go 4\nab"u8);
        Assert.Equal("go 4", buffer.TakeLine());
        Assert.Null(buffer.Take(4));
        buffer.TryAdd("\ndnext\n"u8);
        Assert.Equal("ab\nd"u8.ToArray(), buffer.Take(4));
        Assert.Equal("next", buffer.TakeLine());
    }

    [Fact]
    public void An_end_that_never_ends_its_line_is_not_kept()
    {
        Assert.True(buffer.TryAdd(new byte[10 * 1024]));
        Assert.True(buffer.TryAdd(new byte[6 * 1024]));
        Assert.False(buffer.TryAdd("x"u8));
        Assert.NotNull(buffer.Take(1));
        Assert.True(buffer.TryAdd("x"u8));
    }
}
