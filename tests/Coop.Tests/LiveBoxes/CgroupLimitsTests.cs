using Xunit;

namespace Coop.LiveBoxes;

public class CgroupLimitsTests
{
    [Fact]
    public void A_process_that_is_gone_has_no_limits() =>
        Assert.Equal(new CgroupLimits(null, null, null), CgroupLimits.Read(int.MaxValue));

    [Fact]
    public void The_limits_of_this_process_can_be_read()
    {
        var limits = CgroupLimits.Read(Environment.ProcessId);
        Assert.False(limits.Pids <= 0 || limits.Memory <= 0 || limits.Cpus <= 0, $"{limits}");
    }
}
