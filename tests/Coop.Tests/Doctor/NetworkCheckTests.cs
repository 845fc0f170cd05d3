using Coop.Configuration;
using Coop.TestKit;
using Xunit;

namespace Coop.Doctor;

public class NetworkCheckTests
{
    private static readonly NetworkCheck Check = new();

    private static readonly string[] Good =
    [
        "host 127.0.0.1: connection refused",
        "host 10.0.2.2: no answer",
        "socket connection refused",
        "interface lo",
        "interface eth0",
    ];

    [Fact]
    public void A_box_that_came_to_no_door_holds()
    {
        var evidence = SomeEvidence.Saying(Check, Good);
        Assert.Equal("Held Held", Check.Outcomes(evidence));
        Assert.Equal("one opened, 2 addresses tried: nobody came", Check.Judge(evidence).First().Proof);
    }

    [Fact]
    public void Only_the_host_says_whether_somebody_came()
    {
        var reached = SomeEvidence.GoodHost with { LoopbackWasReached = true, SocketWasReached = true };
        Assert.Equal("Failed Failed", Check.Outcomes(SomeEvidence.Saying(Check, Good) with { Host = reached }));
    }

    [Fact]
    public void Without_the_probe_nothing_is_proved() =>
        Assert.Equal("NotProved NotProved", Check.Outcomes(SomeEvidence.Saying(Check)));

    [Theory]
    [InlineData(true, "Held Held Failed")]
    [InlineData(false, "Held Held Held")]
    public void Without_egress_there_is_only_loopback(bool hasMore, string expected)
    {
        var evidence = SomeEvidence.Saying(Check, hasMore ? Good : Good[..^1]);
        Assert.Equal(expected, Check.Outcomes(evidence with { Plan = evidence.Plan with { Egress = EgressMode.None } }));
    }
}
