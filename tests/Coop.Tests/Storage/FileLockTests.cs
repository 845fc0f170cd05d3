using System.Diagnostics;
using Coop.TestKit;
using Xunit;

namespace Coop.Storage;

public class FileLockTests
{
    [Fact]
    public void Only_one_holds_it_until_it_is_let_go()
    {
        using TemporaryDirectory directory = new();
        var path = directory.PathOf("lock");
        using (var held = FileLock.TryTake(path))
        {
            Assert.NotNull(held);
            Assert.Null(FileLock.TryTake(path));
        }

        using var again = FileLock.TryTake(path);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Other_programs_see_it_and_it_ends_with_its_holder()
    {
        using TemporaryDirectory directory = new();
        var path = directory.PathOf("lock");
        ProcessStartInfo start = new("flock", ["--nonblock", path, "sh", "-c", "echo held; read -r line"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var holder = Process.Start(start)!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Null(FileLock.TryTake(path));
        holder.StandardInput.Close();
        await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var held = FileLock.TryTake(path);
        Assert.NotNull(held);
    }

    [Fact]
    public void A_place_that_is_not_there_is_an_error_and_not_a_held_lock()
    {
        using TemporaryDirectory directory = new();
        Assert.Throws<DirectoryNotFoundException>(() => FileLock.TryTake(directory.PathOf("missing/lock")));
    }
}
