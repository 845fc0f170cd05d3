using System.Globalization;
using Coop.Formats;

namespace Coop.Doctor;

/// <summary>Who the box is to the kernel, and which of its calls are refused.</summary>
internal sealed class PrivilegeCheck : IDoctorCheck
{
    private const string Advice = "Look for privileges in COOP_RUN_ARGS (coop config); update the engine and its runtime.";

    private static readonly Promise User = new("user", "The box is not root", Advice);
    private static readonly Promise Capabilities = new("capabilities", "It has no capabilities", Advice);
    private static readonly Promise NoNewPrivileges = new("no-new-privileges", "Set-uid programs gain nothing", Advice);
    private static readonly Promise Filter = new("system-calls", "Dangerous system calls are refused", Advice);
    private static readonly Promise Namespaces = new("namespaces", "It makes no namespaces of its own", Advice);
    private static readonly Promise FirstProcess = new("first-process", "Coop's own process in it is untouchable", Advice);

    public string Name => "privileges";

    public IReadOnlyList<Promise> Promises => [User, Capabilities, NoNewPrivileges, Filter, Namespaces, FirstProcess];

    public string Attack(DoctorPlants plants) =>
        $$"""
            cat /proc/self/status
            sudo -n id -u | sed 's/^/root /'
            "$coop" {{GuestProtocol.ProbeVerb}} {{GuestProtocol.ProbeCalls}} | sed 's/^/call /'
            unshare -U true && echo 'made a user namespace'
            unshare -m true && echo 'made a mount namespace'
            cat /proc/1/environ > /dev/null && echo 'read environ'
            dd if=/proc/1/mem of=/dev/null bs=1 count=1 skip=4096 && echo 'read mem'
            (: < /proc/1/fd/0) && echo 'read descriptors'
            kill -KILL 1; kill -STOP 1; echo 'after the signals'
            """;

    public IEnumerable<CheckResult> Judge(DoctorEvidence evidence)
    {
        var lines = evidence.LinesOf(this);
        Dictionary<string, string> status = new(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.Split(":\t", 2) is [var key, var value])
            {
                status.TryAdd(key, value.Trim());
            }
        }

        if (!status.TryGetValue("Uid", out var uids))
        {
            foreach (var promise in Promises)
            {
                yield return promise.NotProved("the box did not say who it is");
            }

            yield break;
        }

        yield return JudgeUser(uids, evidence);
        string[] sets = ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"];
        yield return Capabilities.Judge(
            [
                .. sets.Where(set => status.GetValueOrDefault(set, "?").Trim('0').Length > 0)
                    .Select(set => $"{set} is {status.GetValueOrDefault(set, "?")}"),
            ],
            "all five sets are empty"
        );
        yield return NoNewPrivileges.Judge(
            [
                .. status.GetValueOrDefault("NoNewPrivs") == "1" ? Array.Empty<string>() : ["the kernel's flag is not set"],
                .. lines.Contains("root 0", StringComparer.Ordinal) ? ["sudo made it root"] : Array.Empty<string>(),
            ],
            "the kernel's flag is set"
        );
        yield return JudgeFilter(lines, status.GetValueOrDefault("Seccomp", "?"));
        yield return Namespaces.Judge(
            [.. lines.Where(line => line.StartsWith("made ", StringComparison.Ordinal)).Select(line => "it " + line)],
            "tried by call and by unshare"
        );
        yield return FirstProcess.Judge(
            [
                .. lines
                    .Where(line => line.StartsWith("read ", StringComparison.Ordinal))
                    .Select(line => $"the box {line} of process 1"),
                .. evidence.RanToTheEnd ? Array.Empty<string>() : ["the box ended before its attack did"],
            ],
            "closed to reading, and it outlived the signals"
        );
    }

    private static CheckResult JudgeUser(string uids, DoctorEvidence evidence)
    {
        var inside = uids.Split('\t')[0];
        return inside == "0" || evidence.Plan.User.OnHost.Uid == 0
            ? User.Failed($"uid {inside} in the box")
            : User.Held(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"uid {inside} in the box, {evidence.Plan.User.OnHost.Uid} on the host"
                )
            );
    }

    private static CheckResult JudgeFilter(IReadOnlyList<string> lines, string mode)
    {
        const string Refused = ": " + GuestProtocol.ProbeRefused;
        var calls = lines
            .Where(line => line.StartsWith("call ", StringComparison.Ordinal))
            .Select(line => line["call ".Length..])
            .ToList();
        if (calls.Count == 0)
        {
            return Filter.NotProved("the probe did not run in the box");
        }

        return mode != "2"
            ? Filter.Failed("no filter is in force")
            : Filter.Judge(
                [.. calls.Where(call => !call.EndsWith(Refused, StringComparison.Ordinal))],
                string.Create(CultureInfo.InvariantCulture, $"{calls.Count} of {calls.Count} tried")
            );
    }
}
