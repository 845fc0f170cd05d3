using Coop.Boxes;
using Coop.Configuration;
using Xunit;

namespace Coop.LiveBoxes;

public class LimitProofTests
{
    private static readonly CgroupLimits Nothing = new(null, null, null);

    private static readonly BoxLimits All = new(
        new Cap<int>(100, true),
        new Cap<long>(1 << 30, true),
        new Cap<decimal>(1.5m, true)
    );

    [Fact]
    public void Caps_that_are_read_back_hold() => Check([], [], All, new CgroupLimits(100, 1 << 30, 1.5m));

    [Fact]
    public void Tighter_caps_than_asked_for_hold_too() => Check([], [], All, new CgroupLimits(50, 4096, 0.5m));

    [Fact]
    public void Explicit_caps_that_are_not_in_force_refuse() =>
        Check([SettingCatalog.Pids, SettingCatalog.Memory, SettingCatalog.Cpus], [], All, Nothing);

    [Fact]
    public void Looser_caps_than_asked_for_refuse() =>
        Check(
            [SettingCatalog.Pids, SettingCatalog.Memory, SettingCatalog.Cpus],
            [],
            All,
            new CgroupLimits(101, (1 << 30) + 1, 1.6m)
        );

    [Fact]
    public void A_default_cap_that_is_not_in_force_is_only_warned_of() =>
        Check([], [SettingCatalog.Pids], new BoxLimits(new Cap<int>(4096, false), default, default), Nothing);

    [Fact]
    public void No_cap_needs_no_proof() => Check([], [], new BoxLimits(new Cap<int>(null, true), default, default), Nothing);

    [Theory]
    [InlineData(100, true)]
    [InlineData(50, true)]
    [InlineData(101, false)]
    public void The_limit_of_the_boxs_own_user_namespace_proves_the_number_of_processes(long found, bool holds) =>
        Check(
            holds ? [] : [SettingCatalog.Pids],
            [],
            new BoxLimits(new Cap<int>(100, true), default, default),
            Nothing,
            processLimit: found
        );

    private static void Check(
        string[] refusals,
        string[] warnings,
        BoxLimits limits,
        CgroupLimits found,
        long? processLimit = null
    )
    {
        var verdict = LimitProof.Judge(limits, found, processLimit);
        Assert.Equal(refusals, verdict.Refusals);
        Assert.Equal(warnings, verdict.Warnings);
    }
}
