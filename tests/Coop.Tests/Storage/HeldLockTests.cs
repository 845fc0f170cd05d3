using Coop.TestKit;
using Xunit;

namespace Coop.Storage;

public class HeldLockTests
{
    [Fact]
    public void The_holder_is_named_while_it_holds_and_not_after()
    {
        using TemporaryDirectory directory = new();
        var (path, told) = (directory.PathOf("lock"), directory.PathOf("holder"));
        Assert.False(HeldLock.IsHeld(path));
        using (var held = HeldLock.TryTake(path, told, "loop", TimeProvider.System))
        {
            Assert.NotNull(held);
            Assert.Null(HeldLock.TryTake(path, told, "second", TimeProvider.System));
            Assert.True(HeldLock.IsHeld(path));
            Assert.Equal(("loop", Environment.ProcessId), (HeldLock.HolderOf(told)!.Doing, HeldLock.HolderOf(told)!.ProcessId));
        }

        Assert.False(HeldLock.IsHeld(path));
        Assert.Null(HeldLock.HolderOf(told));
    }

    [Fact]
    public void A_holder_whose_number_another_process_has_now_is_none()
    {
        using TemporaryDirectory directory = new();
        var told = directory.PathOf("holder");
        using var held = HeldLock.TryTake(directory.PathOf("lock"), told, "loop", TimeProvider.System);
        File.WriteAllText(
            told,
            $$"""{"processId":{{Environment.ProcessId}},"started":1,"doing":"loop","since":"2026-01-01T00:00:00Z"}"""
        );
        Assert.Null(HeldLock.HolderOf(told));
        File.WriteAllText(told, "nonsense");
        Assert.Null(HeldLock.HolderOf(told));
    }
}
