using System.Globalization;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Engines;
using Coop.Errors;
using Coop.Git;
using Coop.Native;
using Coop.Processes;
using Coop.Runs;
using Coop.Storage;
using Coop.Terminal;
using Coop.Trees;

namespace Coop.Demo;

/// <summary>Makes the project, lets the scripted agent loose on it in a box, and looks at what is left.</summary>
/// <param name="settings">The user's; asked only where bubblewrap cannot run.</param>
/// <param name="sessions">Makes a session for the machine as the project sees it.</param>
internal sealed class DemoRunner(
    HostEnvironment host,
    Func<Settings> settings,
    Func<EngineDetector> detector,
    Func<EngineKind, IContainerEngine> engines,
    Func<HostEnvironment, Settings, RunSession> sessions,
    Func<HostEnvironment, GitClient> gits,
    Func<HostEnvironment, Settings, ITerminal, RunDoors> forks,
    ITerminal terminal
)
{
    // Those of a small file of Coop's own making.
    private const int MostSecretBytes = 64 * 1024;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using ShutdownSignals signals = new();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, cancellationToken);
        try
        {
            var engine = await ChooseEngineAsync(either.Token);
            var report = await PlayAsync(engine, either.Token);
            terminal.Out(DemoText.Render(report));
            return report.Held ? ExitCode.Done : ExitCode.Failed;
        }
        catch (OperationCanceledException) when (signals.ExitCode is { } code)
        {
            return code;
        }
    }

    // What was asked for in this very environment, then bubblewrap, which needs no image and nothing of the settings, then what every run takes.
    private async Task<EngineKind> ChooseEngineAsync(CancellationToken cancellationToken)
    {
        var asked = host.GetFilled(SettingCatalog.Runtime) is null ? null : settings().Engine;
        if (asked is { } kind)
        {
            return kind;
        }

        return OperatingSystem.IsLinux() && await engines(EngineKind.Bubblewrap).ProbeAsync(cancellationToken) is null
            ? EngineKind.Bubblewrap
            : await detector().DetectAsync(settings().Engine, cancellationToken);
    }

    private async Task<DemoReport> PlayAsync(EngineKind engine, CancellationToken cancellationToken)
    {
        using var project = ThrowawayProject.Create(host.GetFilled("TMPDIR") ?? "/tmp", "coop-demo");
        var seen = project.Seen(host, host.Variables.Where(variable => variable.Key == "PATH"), Variables(engine));
        var git = gits(seen);
        var secrets = DemoProject.MakeSecrets();
        DemoProject.Write(project.ProjectPath, secrets);
        await git.MakeRepositoryAsync(project.Project, "Leap years", cancellationToken);
        var start = await git.ReadHeadAsync(project.Project, cancellationToken);

        using var listener = HostListener.OnLoopback();
        var home = host.GetFilled("HOME");
        var chosen = SettingsReader.Read(seen, UserDirectories.From(seen.Get));
        var session = sessions(seen, chosen);
        BoxRequest request = new(BoxRole.Demo, DemoScript.Command(listener.Port, home), Agent: null);
        var run = await session.CaptureAsync(request, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();

        var head = await git.ReadHeadAsync(project.Project, cancellationToken);
        DemoFacts facts = new(
            [.. secrets.Where(secret => !IsUnchanged(project, secret)).Select(secret => secret.Path)],
            StatusOf(project, DemoScript.HookFile) is not null,
            listener.WasReached,
            head?.Id == start?.Id ? null : head,
            home is null ? [] : EntriesOf(BytePath.From(home)),
            ForeignFiles(project)
        );
        var report = DemoJudge.Judge(engine.Name(), run.OutputText, secrets, home, facts);

        // What was not committed cannot be handed out.
        HeardTerminal heard = new();
        return report.Work.Held
            ? report with
            {
                Forks = await new DemoForks(forks(seen, chosen, heard), heard).PlayAsync(cancellationToken),
            }
            : report;
    }

    private IEnumerable<(string Name, string Value)> Variables(EngineKind engine)
    {
        yield return (SettingCatalog.Runtime, engine.Name());
        yield return (SettingCatalog.Egress, "none");
        yield return (SettingCatalog.Gate, DemoForks.Gate);
        if (engine != EngineKind.Bubblewrap)
        {
            yield return (SettingCatalog.Image, settings().Image ?? settings().BaseImage);
        }
    }

    private static bool IsUnchanged(ThrowawayProject project, DemoSecret secret) =>
        SafeFile.Read(project.Project, BytePath.From(secret.Path), MostSecretBytes) is { } bytes
        && bytes.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(secret.Content));

    private static IReadOnlyList<string> EntriesOf(BytePath home) =>
        [
            .. SmallDirectory
                .Names(home)
                .Select(name => (Name: name, Status: FileQuestion.StatusOfLink(CString.From(home.Join(name.Bytes).Bytes))))
                .Where(entry => entry.Status is not null)
                .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Status!.Value.Inode} {entry.Name}")),
        ];

    // What the agent made: the program it replaced, and the branch it moved.
    private static IReadOnlyList<string> ForeignFiles(ThrowawayProject project)
    {
        var owner = FileQuestion.StatusOf(CString.From(project.ProjectPath))?.UserId;
        return
        [
            .. new[] { DemoProject.ProgramFile, ".git/refs/heads/main" }.Where(path => StatusOf(project, path)?.UserId != owner),
        ];
    }

    private static FileStatus? StatusOf(ThrowawayProject project, string path) =>
        FileQuestion.StatusOfLink(CString.From(project.Project.Join(path).Bytes));
}
