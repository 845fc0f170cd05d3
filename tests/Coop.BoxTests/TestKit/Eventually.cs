using System.Diagnostics;
using Xunit;

namespace Coop.BoxTests.TestKit;

/// <summary>Waiting for what another process does, always with a limit.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task TrueAsync(Func<bool> condition, TimeSpan limit, Func<string> what) =>
        await TrueAsync(() => Task.FromResult(condition()), limit, what);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan limit, Func<string> what)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > limit)
            {
                Assert.Fail($"Not within {limit.TotalSeconds} s: {what()}");
            }
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
