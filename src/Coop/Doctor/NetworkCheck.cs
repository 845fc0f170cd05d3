using Coop.Configuration;
using Coop.Formats;

namespace Coop.Doctor;

/// <summary>Services of the host that listen for nobody but the host.</summary>
internal sealed class NetworkCheck : IDoctorCheck
{
    private const string Advice = "Look for a network in COOP_RUN_ARGS (coop config); without network: COOP_EGRESS=none.";

    private static readonly Promise Loopback = new("host-loopback", "Ports of the host's 127.0.0.1 are closed", Advice);
    private static readonly Promise Sockets = new("host-sockets", "The host's abstract sockets are closed", Advice);
    private static readonly Promise Closed = new("no-network", "Without egress there is no network", Advice);

    public string Name => "network";

    public IReadOnlyList<Promise> Promises => [Loopback, Sockets, Closed];

    public string Attack(DoctorPlants plants) =>
        $"""
            "$coop" {GuestProtocol.ProbeVerb} {GuestProtocol.ProbeHost} "$port" | sed 's/^/host /'
            "$coop" {GuestProtocol.ProbeVerb} {GuestProtocol.ProbeSocket} "$socket" | sed 's/^/socket /'
            sed -n '3,$s/^ *\([^:]*\):.*/interface \1/p' /proc/net/dev
            """;

    public IEnumerable<CheckResult> Judge(DoctorEvidence evidence)
    {
        var lines = evidence.LinesOf(this);
        var tried = lines.Count(line => line.StartsWith("host ", StringComparison.Ordinal));
        yield return evidence.Host.LoopbackWasReached ? Loopback.Failed("the box connected to a port that was opened there")
        : tried == 0 ? Loopback.NotProved("the probe did not run in the box")
        : Loopback.Held($"one opened, {tried} addresses tried: nobody came");
        yield return evidence.Host.SocketWasReached switch
        {
            true => Sockets.Failed("the box connected to a socket that was opened for it"),
            false when lines.Any(line => line.StartsWith("socket ", StringComparison.Ordinal)) => Sockets.Held(
                "one opened and tried: nobody came"
            ),
            _ => Sockets.NotProved("the host has none, or the probe did not run in the box"),
        };
        if (evidence.Plan.Egress == EgressMode.None)
        {
            var seen = lines.Where(line => line.StartsWith("interface ", StringComparison.Ordinal) && line != "interface lo");
            yield return Closed.Judge([.. seen.Select(line => $"there is an {line}")], "no interface but loopback");
        }
    }
}
