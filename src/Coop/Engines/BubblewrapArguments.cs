using System.Globalization;
using Coop.Boxes;
using Coop.Native;

namespace Coop.Engines;

/// <summary>
/// bubblewrap's arguments, whose order is the order of mounting: the host's programs, a minimum of <c>/etc</c>, private file systems, then the plan's own
/// mounts, of which later ones lie on top.
/// </summary>
internal static class BubblewrapArguments
{
    // Programs and libraries; on merged systems the short names are links, which a bind resolves.
    private static readonly string[] ProgramPlaces = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64"];

    // What programs cannot do without: name look-ups, certificates, the dynamic linker, time zones, alternatives. No file here holds a secret.
    private static readonly string[] EtcFiles =
    [
        "/etc/alternatives",
        "/etc/ca-certificates",
        "/etc/ca-certificates.conf",
        "/etc/crypto-policies",
        "/etc/host.conf",
        "/etc/ld.so.cache",
        "/etc/ld.so.conf",
        "/etc/ld.so.conf.d",
        "/etc/localtime",
        "/etc/mime.types",
        "/etc/nsswitch.conf",
        "/etc/pki/tls/certs",
        "/etc/pki/ca-trust",
        "/etc/protocols",
        "/etc/services",
        "/etc/ssl/certs",
        "/etc/ssl/openssl.cnf",
        "/etc/terminfo",
    ];

    private const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static IReadOnlyList<CString> For(BoxPlan plan)
    {
        List<CString> words = [];
        Add("--unshare-user", "--uid", Number(plan.User.Inside.Uid), "--gid", Number(plan.User.Inside.Gid));
        Add("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "coop");
        Add(
            "--cap-drop",
            "ALL",
            "--as-pid-1",
            "--clearenv",
            "--setenv",
            "PATH",
            HasAgents(plan) ? $"{AgentsPlace.InBox}/bin:{SearchPath}" : SearchPath
        );
        foreach (var variable in plan.Environment)
        {
            Add("--setenv", variable.Name, variable.Value);
        }

        foreach (var place in ProgramPlaces)
        {
            Add("--ro-bind-try", place, place);
        }

        foreach (var file in EtcFiles)
        {
            Add("--ro-bind-try", file, file);
        }

        Add("--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys", "--dev", "/dev");
        foreach (var place in (string[])["/tmp", "/var/tmp", "/dev/shm"])
        {
            Add("--perms", "1777", "--tmpfs", place);
        }

        Add("--tmpfs", "/run", "--tmpfs", "/home", "--dir", plan.HomeInBox);
        foreach (var mount in plan.Mounts.Where(mount => plan.MaskFile is null || !mount.IsMask))
        {
            Add(mount.IsReadOnly ? "--ro-bind" : "--bind");
            words.Add(CString.From(mount.Source.Bytes));
            words.Add(CString.From(mount.Target.Bytes));
        }

        Add("--chdir");
        words.Add(CString.From(plan.WorkingDirectory.Bytes));
        Add([.. plan.ExtraArguments]);
        Add("--", Formats.GuestProtocol.ProgramPath);
        words.AddRange(GuestCommandLine.For(plan, carriesBytes: true, makesTerminal: true));
        return words;

        void Add(params string[] added) => words.AddRange(added.Select(word => CString.From(word)));
    }

    private static bool HasAgents(BoxPlan plan) => plan.Mounts.Any(mount => mount.Purpose == MountPurpose.Agents);

    private static string Number(uint value) => value.ToString(CultureInfo.InvariantCulture);
}
