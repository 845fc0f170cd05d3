using System.Globalization;
using System.Text;
using Coop.Forks;
using Coop.Native;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.ForkKeeping;

public sealed class ForkLogTests : IDisposable
{
    private const string Name = "f1";

    private readonly ForkRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task The_two_newest_parts_are_shown_as_one_text_and_that_older_ones_are_cut_off()
    {
        var desk = await DeskAsync();
        Add(desk, "one\n");
        Turn(desk);
        Add(desk, "two\n");
        Assert.Equal("one\ntwo\n", Shown(desk));
        Turn(desk);
        Add(desk, "three\n");
        Assert.Equal("coop: part 2 of this log; what is older than the part before it was cut off\ntwo\nthree\n", Shown(desk));
    }

    [Fact]
    public async Task Who_has_the_full_part_open_still_adds_to_what_is_kept()
    {
        var desk = await DeskAsync();
        Add(desk, "one\n");
        using var open = AppendedFile.Open(desk.Places.State, BytePath.From($"{Name}.log"));
        Turn(desk);
        _ = Descriptor.WriteAll((int)open.DangerousGetHandle(), "late\n"u8);
        Add(desk, "two\n");
        Assert.Equal("one\nlate\ntwo\n", Shown(desk));
    }

    [Fact]
    public async Task Who_follows_sees_every_line_once_whenever_a_part_begins()
    {
        var desk = await DeskAsync();
        ForkLogs follower = new(desk);
        Random random = new(7);
        StringBuilder written = new();
        for (var line = 0; line < 500; line++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"line {line}\n");
            written.Append(text);
            var cut = random.Next(text.Length + 1);
            Add(desk, text[..cut]);
            if (random.Next(3) == 0)
            {
                follower.Show(Name, "");
            }

            Add(desk, text[cut..]);
            if (random.Next(10) == 0)
            {
                Turn(desk);
                follower.Show(Name, "");
            }
        }

        follower.Show(Name, "");
        Assert.Equal(written.ToString(), rig.Terminal.Output);
    }

    [Fact]
    public async Task Who_slept_through_a_part_is_told_that_something_is_cut_off()
    {
        var desk = await DeskAsync();
        ForkLogs follower = new(desk);
        Add(desk, "one\n");
        follower.Show(Name, "");
        Turn(desk);
        Add(desk, "two\n");
        Turn(desk);
        Turn(desk);
        Add(desk, "four\n");
        follower.Show(Name, "");
        Assert.Equal(
            "one\ncoop: part 3 of this log; what is older than the part before it was cut off\nfour\n",
            rig.Terminal.Output
        );
    }

    [Fact]
    public async Task After_a_crash_between_two_steps_nothing_is_lost_or_shown_twice()
    {
        var desk = await DeskAsync();
        Add(desk, "one\n");
        HardLink.Make(PathOf(desk, ".log"), PathOf(desk, ".log.1"));
        await File.WriteAllTextAsync(PathOf(desk, ".log.next"), "half", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(PathOf(desk, ".log.1.next"), "half", TestContext.Current.CancellationToken);
        Assert.Equal("one\n", Shown(desk));
        Turn(desk);
        Add(desk, "two\n");
        Assert.Equal("one\ntwo\n", Shown(desk));
    }

    [Fact]
    public async Task With_its_fork_the_whole_log_goes()
    {
        var desk = await DeskAsync();
        await rig.MakeAsync(Name);
        Turn(desk);
        await rig.RemoveAsync(Name);
        Assert.Empty(Directory.GetFiles(ForkPlaces.Text(desk.Places.State), $"{Name}.log*"));
    }

    private async Task<ForkDesk> DeskAsync()
    {
        var desk = await rig.DeskAsync();
        desk.Store.Prepare();
        return desk;
    }

    private static string PathOf(ForkDesk desk, string ending) => $"{ForkPlaces.Text(desk.Places.State)}/{Name}{ending}";

    private static void Add(ForkDesk desk, string text) =>
        AppendedFile.Add(desk.Places.State, BytePath.From($"{Name}.log"), Encoding.UTF8.GetBytes(text));

    private static void Turn(ForkDesk desk) => new ForkLog(desk.Places, Name).Turn().Dispose();

    private string Shown(ForkDesk desk)
    {
        var before = rig.Terminal.Output.Length;
        new ForkLogs(desk).Show(Name, "");
        return rig.Terminal.Output[before..];
    }
}
