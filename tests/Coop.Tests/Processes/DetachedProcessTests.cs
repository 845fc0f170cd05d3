using Coop.Native;
using Coop.Storage;
using Coop.TestKit;
using Xunit;

namespace Coop.Processes;

public sealed class DetachedProcessTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ProcessRunner runner = new(CString.List($"PATH={Environment.GetEnvironmentVariable("PATH")}"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task It_is_under_way_when_it_says_so_and_lives_on_in_a_session_of_its_own()
    {
        var process = Start("printf . >&3; exec 3>&-; ps -o sid= -p $$; cat; echo on; echo err >&2");
        Assert.Null(await process.WaitForWordAsync(Token));
        await UntilAsync(() => Log.EndsWith("err\n", StringComparison.Ordinal));
        Assert.Equal([$"{process.ProcessId}", "on", "err"], Log.Split('\n', StringSplitOptions.TrimEntries)[..^1]);
    }

    [Fact]
    public async Task One_that_ends_before_gives_its_exit_code()
    {
        Assert.Equal(7, await Start("echo refused; exit 7").WaitForWordAsync(Token));
        Assert.Equal("refused\n", Log);
    }

    [Fact]
    public async Task Who_no_longer_wants_it_ends_it()
    {
        using CancellationTokenSource cancelled = new();
        var process = Start("trap 'echo ended; exit 143' TERM; echo up; while :; do sleep 0.05; done");
        await UntilAsync(() => Log.Length > 0);
        await cancelled.CancelAsync();
        Assert.Equal(143, await process.WaitForWordAsync(cancelled.Token));
        Assert.Equal("up\nended\n", Log);
    }

    [Fact]
    public async Task Nobody_needs_to_hear_its_word()
    {
        var (read, write) = Descriptor.Pipe();
        _ = Unistd.close(read);
        DetachedProcess.SayReady(write);
        await Task.CompletedTask;
    }

    private string Log => File.Exists(directory.PathOf("log")) ? File.ReadAllText(directory.PathOf("log")) : "";

    private DetachedProcess Start(string script)
    {
        using var log = AppendedFile.Open(BytePath.From(directory.Path), BytePath.From("log"));
        return DetachedProcess.Start(runner, new ProcessSpec("sh", "-c", script), log);
    }

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!isTrue())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
