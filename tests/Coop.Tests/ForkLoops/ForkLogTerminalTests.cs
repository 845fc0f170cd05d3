using System.Globalization;
using System.Text;
using Coop.ForkKeeping;
using Coop.Forks;
using Coop.Native;
using Coop.Storage;
using Coop.Terminal;
using Coop.TestKit;
using Xunit;

namespace Coop.ForkLoops;

public sealed class ForkLogTerminalTests : IDisposable
{
    private const int MostBytes = 10_000;

    private readonly ForkRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task A_log_keeps_the_newest_lines_whole_however_much_is_written()
    {
        var desk = await rig.DeskAsync();
        desk.Store.Prepare();
        using var file = AppendedFile.Open(desk.Places.State, BytePath.From("f1.log"));
        Streams streams = new((int)file.DangerousGetHandle());
        ForkLogTerminal terminal = new(streams, new ForkLog(desk.Places, "f1"), [streams.Number], MostBytes);
        for (var line = 0; line < 20_000; line++)
        {
            terminal.Error(string.Create(CultureInfo.InvariantCulture, $"line {line}\n"));
        }

        var sizes = Directory.GetFiles(ForkPlaces.Text(desk.Places.State), "f1.log*").Select(path => new FileInfo(path).Length);
        Assert.InRange(sizes.Sum(), MostBytes, 2 * (MostBytes + 100));
        new ForkLogs(desk).Show("f1", "");
        var lines = rig.Terminal.Output.TrimEnd('\n').Split('\n');
        Assert.StartsWith("coop: part ", lines[0], StringComparison.Ordinal);
        var numbers = lines[1..].Select(line => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(20_000 - numbers.Count, numbers.Count), numbers);
    }

    [Fact]
    public async Task A_part_ends_with_a_line_unless_none_comes()
    {
        var desk = await rig.DeskAsync();
        desk.Store.Prepare();
        using var file = AppendedFile.Open(desk.Places.State, BytePath.From("f1.log"));
        Streams streams = new((int)file.DangerousGetHandle());
        ForkLogTerminal terminal = new(streams, new ForkLog(desk.Places, "f1"), [streams.Number], MostBytes);
        terminal.Error(new string('x', MostBytes + 1));
        Assert.False(File.Exists(ForkPlaces.Text(desk.Places.LogBefore("f1"))));
        terminal.Error(new string('x', 2 << 20));
        Assert.True(File.Exists(ForkPlaces.Text(desk.Places.LogBefore("f1"))));
    }

    private sealed class Streams(int number) : ITerminal
    {
        public int Number => number;

        public bool InputIsTerminal => false;

        public bool OutputIsTerminal => false;

        public bool ErrorIsTerminal => false;

        public bool ErrorHasColor => false;

        public void Out(string text) => throw new InvalidOperationException(text);

        public string? ReadLine() => null;

        public void Error(string text) => _ = Descriptor.WriteAll(number, Encoding.UTF8.GetBytes(text));
    }
}
