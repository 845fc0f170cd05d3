namespace Coop.Doctor;

/// <summary>The user's files, engine sockets, disks, processes and variables: nothing of the host but the project.</summary>
internal sealed class HomeCheck : IDoctorCheck
{
    private const string Advice =
        "Look for mounts in COOP_RUN_ARGS (coop config), and for what the engine itself mounts into containers.";

    // What a shell and an engine set by themselves, with values that tell nothing of the user.
    private static readonly HashSet<string> Ordinary = new(StringComparer.Ordinal)
    {
        "_",
        "COLORTERM",
        "HOME",
        "HOSTNAME",
        "LANG",
        "LOGNAME",
        "OLDPWD",
        "PATH",
        "PWD",
        "SHLVL",
        "TERM",
        "USER",
    };

    private static readonly Promise Home = new("home", "Nothing of your home is there", Advice);
    private static readonly Promise Beside = new("beside", "Nothing beside the project is there", Advice);
    private static readonly Promise Sockets = new("engine-sockets", "No engine's socket is there", Advice);
    private static readonly Promise Devices = new("devices", "No disk or memory can be opened", Advice);
    private static readonly Promise Processes = new("processes", "The host's processes are out of sight", Advice);
    private static readonly Promise Variables = new(
        "variables",
        "Variables of your shell stay outside",
        "Look for variables in COOP_RUN_ARGS (coop config), and for those that the engine's client passes on (~/.docker/config.json, containers.conf)."
    );

    public string Name => "home";

    public IReadOnlyList<Promise> Promises => [Home, Beside, Sockets, Devices, Processes, Variables];

    public string Attack(DoctorPlants plants) =>
        """
            [ -z "$home" ] || ls -Ai "$home" | sed 's/^ */home /'
            ls -Ai ~ | sed 's/^ */home /'
            cat "$outside"; ls -A .. | sed 's/^/beside /'
            for socket in /var/run/docker.sock /run/docker.sock /run/podman/podman.sock /run/containerd/containerd.sock "/run/user/$(id -u)/podman/podman.sock" /var/run/crio/crio.sock; do
              [ -e "$socket" ] && echo "socket $socket"
            done
            find /run /var/run /tmp /var/tmp -type s | grep -v '^/run/coop/' | sed 's/^/socket /'
            for device in /dev/sd[a-z] /dev/vd[a-z] /dev/nvme* /dev/mem /dev/kmem /dev/kmsg /dev/port /dev/fuse /dev/kvm; do
              [ -e "$device" ] && (: < "$device") && echo "device $device"
            done
            ls -d /proc/[0-9]* | sed 's/^/process /'
            printf 'space '; readlink /proc/self/ns/pid
            env | sed 's/^/variable /'
            """;

    public IEnumerable<CheckResult> Judge(DoctorEvidence evidence)
    {
        var lines = evidence.LinesOf(this);
        var host = evidence.Host;
        yield return Home.Judge(
            [
                .. host
                    .HomeEntries.Where(entry => lines.Contains($"home {entry}", StringComparer.Ordinal))
                    .Select(entry => $"it holds {entry.Split(' ', 2)[1]}"),
            ],
            $"none of its {host.HomeEntries.Count} entries"
        );
        yield return Beside.Judge(
            [
                .. evidence.Leaks(this, [evidence.Plants.Outside]),
                .. After("beside ").Where(name => name != "project").Select(name => $"it holds {name}"),
            ],
            "a file planted there cannot be read"
        );
        yield return Sockets.Judge(
            [.. After("socket ").Distinct().Select(path => $"{path} is there")],
            "docker, podman, containerd, cri-o looked for"
        );
        yield return Devices.Judge([.. After("device ").Select(path => $"{path} can be opened")], "none of those tried opens");
        yield return JudgeProcesses(After("space "), After("process ").Count, host.ProcessSpace);
        yield return Variables.Judge(
            [
                .. host
                    .Variables.Except(host.ImageVariables, StringComparer.Ordinal)
                    .Intersect(After("variable "), StringComparer.Ordinal)
                    .Select(NameOf)
                    .Where(name => !Ordinary.Contains(name))
                    .Select(name => $"{name} is there"),
            ],
            $"none of {host.Variables.Count} came along"
        );

        List<string> After(string word) =>
            [
                .. lines
                    .Where(line => line.StartsWith(word, StringComparison.Ordinal))
                    .Select(line => line[word.Length..].Trim())
                    .Where(rest => rest.Length > 0),
            ];
    }

    // The kernel's own name of the space that process numbers live in.
    private static CheckResult JudgeProcesses(IReadOnlyList<string> space, int seen, string? hostSpace) =>
        (space, hostSpace) switch
        {
            ([var own], { } other) when own != other => Processes.Held($"a space of its own, {seen} processes in it"),
            ([_], { }) => Processes.Failed($"it shares the host's: {seen} processes seen"),
            _ => Processes.NotProved("the kernel does not tell, or the image has no readlink"),
        };

    private static string NameOf(string variable) => variable.Split('=')[0];
}
