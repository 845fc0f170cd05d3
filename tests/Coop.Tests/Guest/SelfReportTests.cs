using Coop.Native;
using Xunit;

namespace Coop.Guest;

public class SelfReportTests
{
    private static readonly SelfReport Good = new(1000, "0000000000000000", "0000000000000000", "1", "2", 1000);

    [Fact]
    public void A_box_that_keeps_every_promise_has_no_problem()
    {
        Assert.Null(Good.Problem(ownerMatters: true));
        Assert.Null((Good with { OwnerOfRepository = null }).Problem(ownerMatters: false));
    }

    [Fact]
    public void Each_promise_that_is_not_kept_is_named()
    {
        Assert.Equal("its user is root", (Good with { Uid = 0, OwnerOfRepository = 0 }).Problem(true));
        Assert.Equal(
            "it holds capabilities (effective 0000000000000001, bounding 0000000000000000)",
            (Good with { EffectiveCapabilities = "0000000000000001" }).Problem(true)
        );
        Assert.Equal(
            "it holds capabilities (effective 0000000000000000, bounding 00000000a80425fb)",
            (Good with { BoundingCapabilities = "00000000a80425fb" }).Problem(true)
        );
        Assert.Equal("set-uid programs could gain privileges", (Good with { NoNewPrivileges = "0" }).Problem(true));
        Assert.Equal("no system-call filter is in force", (Good with { FilterMode = "0" }).Problem(true));
        Assert.Equal(
            "the repository's owner is 65534 inside, the box's user 1000: the engine maps users in a way Coop does not know",
            (Good with { OwnerOfRepository = 65534 }).Problem(true)
        );
        Assert.Equal(
            "the repository's owner is nobody inside, the box's user 1000: the engine maps users in a way Coop does not know",
            (Good with { OwnerOfRepository = null }).Problem(true)
        );
    }

    [Theory]
    [InlineData("?")]
    [InlineData("")]
    public void What_the_kernel_does_not_tell_is_not_taken_as_kept(string told)
    {
        Assert.NotNull((Good with { EffectiveCapabilities = told }).Problem(true));
        Assert.NotNull((Good with { BoundingCapabilities = told }).Problem(true));
        Assert.NotNull((Good with { NoNewPrivileges = told }).Problem(true));
        Assert.NotNull((Good with { FilterMode = told }).Problem(true));
    }

    [Fact]
    public void It_reads_this_process()
    {
        var report = SelfReport.Read(CString.From("/"));
        Assert.Equal(
            (Unistd.getuid(), 16, 16),
            (report.Uid, report.EffectiveCapabilities.Length, report.BoundingCapabilities.Length)
        );
        Assert.Equal(0u, report.OwnerOfRepository);
    }
}
