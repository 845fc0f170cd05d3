using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Formats;
using Coop.Native;
using Coop.Processes;

namespace Coop.Engines;

/// <summary>bubblewrap, 0.8 and newer: boxes without an engine and without an image, on the host's own programs.</summary>
/// <param name="programPath">This program's file, which stages mounts around bubblewrap where bubblewrap itself cannot make them.</param>
internal sealed class BubblewrapEngine(IProcessRunner processes, string programPath) : IContainerEngine
{
    // A mount namespace in which an ordinary user may mount: everything as it is, and the user taken for root of that
    // namespace alone. (CAP_SETFCAP: the kernel asks for it when that root is mapped once more, since 5.12.)
    private static readonly string[] Around =
    [
        "--unshare-user",
        "--uid",
        "0",
        "--gid",
        "0",
        "--cap-add",
        "CAP_SYS_ADMIN",
        "--cap-add",
        "CAP_SETFCAP",
        "--dev-bind",
        "/",
        "/",
    ];

    public EngineKind Kind => EngineKind.Bubblewrap;

    // Its child prints on the same stream, which must stay the user's own.
    public bool ReportsOnStandardError => false;

    public ProcessSpec Render(BoxPlan plan)
    {
        Refuse(plan.Limits.Memory, "memory", SettingCatalog.Memory);
        Refuse(plan.Limits.Cpus, "processors", SettingCatalog.Cpus);
        var words = BubblewrapArguments.For(plan);
        IReadOnlyList<CString> launch = [CString.From(GuestProtocol.LaunchVerb), .. LaunchWords(plan), .. words];
        return plan switch
        {
            { Staging.Count: > 0 } => new ProcessSpec(CString.From(programPath), launch),
            { MaskFile: not null } => new ProcessSpec(
                CString.From("bwrap"),
                [.. CString.List(Around), CString.From("--"), CString.From(programPath), .. launch]
            ),
            _ => new ProcessSpec(CString.From("bwrap"), words),
        };
    }

    public Task<UserError?> ProbeAsync(CancellationToken cancellationToken) =>
        EngineQuestion.ProbeAsync(processes, Kind, ["--unshare-user", "--ro-bind", "/", "/", "true"], cancellationToken);

    public Task<bool> RepairAsync(BoxPlan plan, string messages, CancellationToken cancellationToken) => Task.FromResult(false);

    public async Task<UserError> ExplainAsync(BoxPlan plan, int exitCode, string messages, CancellationToken cancellationToken) =>
        await ProbeAsync(cancellationToken) is { } problem
            ? new UserError(
                problem.Message.Contains("not installed", StringComparison.Ordinal)
                    ? problem.Message
                    : "bubblewrap cannot make user namespaces on this machine.",
                problem.Message.Contains("not installed", StringComparison.Ordinal)
                    ? problem.Hint
                    : "See what it says: bwrap --unshare-user --ro-bind / / true. On Ubuntu an AppArmor profile for bwrap may be missing.",
                cause: problem
            )
            : new UserError(
                $"bubblewrap could not start the box (exit {exitCode}).",
                "See the whole command: coop run --dry-run -- true"
            );

    public IDisposable? Attach(BoxPlan plan, int? processId) =>
        plan.Egress == EgressMode.None ? null : SlirpNetwork.Start(processes, isRoot: plan.Staging.Count > 0, processId);

    // There is no daemon: a box ends with its first process, which ends with its lifeline.
    public Task RemoveAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Refuse<T>(Cap<T> cap, string what, string key)
        where T : struct
    {
        if (cap.Value is not null)
        {
            throw new UserError(
                $"bubblewrap cannot limit {what}.",
                $"Unset {key}, or choose an engine that can: COOP_RUNTIME=podman"
            );
        }
    }

    private static List<CString> LaunchWords(BoxPlan plan)
    {
        List<CString> words = [];
        if (plan.StagingDirectory is { } staging)
        {
            words.AddRange([
                CString.From("--directory"),
                CString.From(staging.Bytes),
                CString.From("--user"),
                CString.From(plan.User.OnHost.ToString()),
            ]);
        }

        if (plan.User.NeedsIdMappedMounts)
        {
            words.AddRange([CString.From("--owner"), CString.From(plan.User.OnDisk.ToString())]);
        }

        foreach (var staged in plan.Staging)
        {
            words.Add(CString.From(staged.ShowsOwner ? "--mapped" : "--plain"));
            words.Add(CString.From(staged.Source.Bytes));
            words.Add(CString.From(staged.At.Bytes));
        }

        if (plan.MaskFile is { } masks)
        {
            words.AddRange([CString.From("--masks"), CString.From(masks.Path.Bytes)]);
        }

        words.AddRange([CString.From("--"), CString.From("bwrap")]);
        return words;
    }
}
