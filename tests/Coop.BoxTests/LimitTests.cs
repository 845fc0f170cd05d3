using System.Globalization;
using Coop.BoxTests.TestKit;
using Xunit;

namespace Coop.BoxTests;

public class LimitTests
{
    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_cap_of_processes_stops_a_fork_bomb(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        const string Program = """
            import os, signal, time
            children = []
            try:
                while len(children) < 300:
                    child = os.fork()
                    if child == 0:
                        time.sleep(30)
                        os._exit(0)
                    children.append(child)
            except OSError:
                pass
            print(len(children))
            for child in children:
                os.kill(child, signal.SIGKILL)
            """;
        var result = (await repository.Python(Program).Environment("COOP_PIDS", "100").RunAsync()).Succeeded();
        Assert.InRange(int.Parse(result.Out, CultureInfo.InvariantCulture), 50, 100);
    }

    [Theory]
    [MemberData(nameof(BoxRigs.All), MemberType = typeof(BoxRigs))]
    public async Task The_cap_of_one_box_leaves_the_next_one_its_own(BoxRig rig)
    {
        await using var repository = await TemporaryRepository.CreateAsync(rig);
        await using var full = repository
            .Shell("for n in $(seq 60); do sleep 60 & done; echo ready; wait")
            .Environment("COOP_PIDS", "100")
            .Start();
        await full.WaitForOutAsync("ready", TimeSpan.FromSeconds(30));
        var run = repository.Shell("for n in $(seq 60); do sleep 2 & done; wait; echo done").Environment("COOP_PIDS", "100");
        Assert.Equal("done\n", (await run.RunAsync()).Succeeded().Out);
        full.Signal(HostSignal.Terminate);
        await full.WaitAsync(TimeSpan.FromSeconds(15));
    }

    [Theory]
    [InlineData("COOP_PIDS", "many")]
    [InlineData("COOP_PIDS", "-1")]
    [InlineData("COOP_MEMORY", "lots")]
    [InlineData("COOP_CPUS", "x")]
    [InlineData("COOP_EGRESS", "sometimes")]
    [InlineData("COOP_RUNTIME", "vmware")]
    public async Task A_wrong_value_is_a_usage_error_that_names_key_and_value(string key, string value)
    {
        await using var repository = await TemporaryRepository.CreateAsync(new BoxRig(Engine.Bwrap, CurrentKind));
        var result = (await repository.Shell("echo ran").Environment(key, value).RunAsync()).Ended(2);
        Assert.Equal("", result.Out);
        Assert.StartsWith("coop:", result.Error, StringComparison.Ordinal);
        Assert.Contains(key, result.Error, StringComparison.Ordinal);
    }

    private static CallerKind CurrentKind => Account.Current.Uid == 0 ? CallerKind.Root : CallerKind.Ordinary;
}
