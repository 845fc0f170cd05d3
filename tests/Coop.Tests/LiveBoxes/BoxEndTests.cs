using System.Diagnostics;
using System.Globalization;
using Coop.Native;
using Xunit;

namespace Coop.LiveBoxes;

public class BoxEndTests
{
    [Fact]
    public void A_box_has_ended_when_the_first_process_of_its_namespace_has_and_with_it_every_other()
    {
        // The second process would go on for a minute.
        using var box = Process.Start(
            new ProcessStartInfo(
                "unshare",
                ["--user", "--map-root-user", "--pid", "--fork", "sh", "-c", "sleep 60 & echo $!; read line"]
            )
            {
                RedirectStandardInput = true,
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        box.StandardOutput.ReadLine();
        var first = ChildOf(box.Id);
        var second = ChildOf(first);
        using var end = BoxEnd.Watch(first);
        Assert.NotNull(end);
        Assert.False(IsReadable(end, 0));
        box.StandardInput.Close();
        Assert.True(IsReadable(end, 10_000));
        Assert.False(Directory.Exists($"/proc/{second}"));
        box.WaitForExit();
    }

    [Fact]
    public void A_process_that_others_may_outlive_tells_nothing() => Assert.Null(BoxEnd.Watch(Environment.ProcessId));

    [Fact]
    public void A_process_that_is_gone_tells_nothing() => Assert.Null(BoxEnd.Watch(int.MaxValue));

    private static bool IsReadable(BoxEnd end, int milliseconds) =>
        Poll.Wait([new PollEntry(end.Descriptor, Poll.POLLIN)], milliseconds) > 0;

    private static int ChildOf(int process) =>
        int.Parse(File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ')[0], CultureInfo.InvariantCulture);
}
