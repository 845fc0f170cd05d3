using Coop.Boxes;
using Coop.TestKit;
using Xunit;

namespace Coop.Doctor;

public class PrivilegeCheckTests
{
    private static readonly PrivilegeCheck Check = new();

    private static readonly string[] Good =
    [
        "Uid:\t1000\t1000\t1000\t1000",
        "CapInh:\t0000000000000000",
        "CapPrm:\t0000000000000000",
        "CapEff:\t0000000000000000",
        "CapBnd:\t0000000000000000",
        "CapAmb:\t0000000000000000",
        "NoNewPrivs:\t1",
        "Seccomp:\t2",
        "call unshare: refused",
        "call keyctl: refused",
        "after the signals",
    ];

    [Fact]
    public void A_box_without_privileges_holds() =>
        Assert.Equal("Held Held Held Held Held Held", Check.Outcomes(SomeEvidence.Saying(Check, Good)));

    [Theory]
    [InlineData("Uid:\t1000\t1000\t1000\t1000", "Uid:\t0\t0\t0\t0", "user")]
    [InlineData("CapBnd:\t0000000000000000", "CapBnd:\t00000000a80425fb", "capabilities")]
    [InlineData("CapAmb:\t0000000000000000", "Nothing:\t", "capabilities")]
    [InlineData("NoNewPrivs:\t1", "NoNewPrivs:\t0", "no-new-privileges")]
    [InlineData("after the signals", "root 0", "no-new-privileges")]
    [InlineData("Seccomp:\t2", "Seccomp:\t0", "system-calls")]
    [InlineData("call keyctl: refused", "call keyctl: done", "system-calls")]
    [InlineData("after the signals", "made a user namespace", "namespaces")]
    [InlineData("after the signals", "read environ", "first-process")]
    public void Each_privilege_fails_its_own_promise(string good, string bad, string id)
    {
        var result = Check.TheBadOne(SomeEvidence.Saying(Check, [.. Good.Select(line => line == good ? bad : line)]));
        Assert.Equal((id, CheckOutcome.Failed), (result.Id, result.Outcome));
    }

    [Fact]
    public void Root_on_the_host_fails_whatever_the_box_calls_itself()
    {
        var evidence = SomeEvidence.Saying(Check, Good);
        UserAndGroup root = new(0, 0);
        evidence = evidence with { Plan = evidence.Plan with { User = evidence.Plan.User with { OnHost = root } } };
        Assert.Equal("user", Check.TheBadOne(evidence).Id);
    }

    [Fact]
    public void A_box_that_its_own_attack_could_end_fails() =>
        Assert.Equal("first-process", Check.TheBadOne(SomeEvidence.Saying(Check, Good) with { RanToTheEnd = false }).Id);

    [Fact]
    public void Without_the_probe_the_filter_is_not_proved() =>
        Assert.Equal(
            CheckOutcome.NotProved,
            Check
                .TheBadOne(
                    SomeEvidence.Saying(Check, [.. Good.Where(line => !line.StartsWith("call", StringComparison.Ordinal))])
                )
                .Outcome
        );

    [Fact]
    public void A_box_that_did_not_say_who_it_is_proves_nothing() =>
        Assert.All(Check.Judge(SomeEvidence.Saying(Check)), result => Assert.Equal(CheckOutcome.NotProved, result.Outcome));
}
