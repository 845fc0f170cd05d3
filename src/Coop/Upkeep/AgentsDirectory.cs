using System.Text;
using Coop.Agents;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Images;
using Coop.Native;
using Coop.Places;
using Coop.Runs;
using Coop.Storage;
using Coop.Terminal;
using Coop.Trees;

namespace Coop.Upkeep;

/// <summary>
/// Fills the npm prefix that boxes without an image find their agents in. npm runs in a box of its own, since what packages do at their installation is theirs to say; the
/// directory is made beside the old one and takes its place whole.
/// </summary>
internal sealed class AgentsDirectory(
    HostEnvironment host,
    UserDirectories directories,
    Settings settings,
    Func<HostEnvironment, Settings, RunSession> session,
    ITerminal terminal,
    TimeProvider time
)
{
    private const string RecordName = "agents";

    private readonly ImageRecords records = new(directories);

    private string Place => Encoding.UTF8.GetString(StatePaths.Agents(directories).Bytes);

    public async Task FillAsync(IReadOnlyList<IAgent> asked, bool isUpdate, CancellationToken cancellationToken)
    {
        using var held =
            FileLock.TryTake(LockPath())
            ?? throw new UserError("Another coop is filling the directory of agents.", "Wait until it is done.");
        var record = records.Find(EngineKind.Bubblewrap, RecordName);
        List<IAgent> agents =
        [
            .. AgentCatalog.All.Where(agent => asked.Contains(agent) || record?.Agents.Contains(agent.Name) == true),
        ];
        if (agents.Count == 0)
        {
            throw UserError.Usage(
                "No agent is named, and none is signed in or there already.",
                $"Name one: coop build {AgentCatalog.All[0].Name}"
            );
        }

        string[] specs = [.. agents.SelectMany(agent => AgentPackages.Of(agent, settings)), AgentPackages.OfMise(settings)];
        var inputs = Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', specs)))[..16];
        var names = string.Join(", ", agents.Select(agent => agent.Name));
        if (!isUpdate && record?.Inputs == inputs && Directory.Exists(Place))
        {
            terminal.Say($"the directory of agents with {names} is up to date: {Place}");
            return;
        }

        terminal.Say($"installing {names} with npm, in a box");
        var began = time.GetTimestamp();
        var made = Place + ".new";
        TreeRemoval.Remove(BytePath.From(made));
        TreeRemoval.Remove(BytePath.From(Place + ".old"));
        Directory.CreateDirectory(made);
        await InstallAsync(made, specs, cancellationToken);
        Exchange(made);
        string[] known = [.. agents.Select(agent => agent.Name)];
        records.Keep(
            EngineKind.Bubblewrap,
            RecordName,
            new ImageRecord(inputs, known, null, time.GetUtcNow().ToUnixTimeSeconds())
        );
        terminal.Say($"installed {names} in {(long)time.GetElapsedTime(began).TotalSeconds} s: {Place}");
        foreach (var line in PackageList.Lines(ReadList()))
        {
            terminal.Say($"  {line}");
        }
    }

    private string LockPath()
    {
        var directory = Path.Combine(directories.State, "images");
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path.Combine(directory, "agents.lock");
    }

    private async Task InstallAsync(string place, IReadOnlyList<string> specs, CancellationToken cancellationToken)
    {
        using var project = ThrowawayProject.Create(Path.GetTempPath(), "coop-build");
        var inBox = AgentsPlace.InBox.ToString();
        var script =
            "exec 2>&1; command -v npm >/dev/null || exit 97; "
            + $"npm install --global --prefix {inBox} --cache {inBox}/.npm --no-fund --no-audit --loglevel=error {string.Join(' ', specs)} || exit 98; "
            + $"rm -rf {inBox}/.npm; npm ls --global --prefix {inBox} --depth=0 --json > {inBox}/packages.json || test -s {inBox}/packages.json";
        BoxRequest request = new(BoxRole.Build, CString.List("sh", "-c", script), null) { AgentsToFill = BytePath.From(place) };
        var seen = project.Seen(host, host.Variables);
        var run = await session(seen, settings).CaptureAsync(request, cancellationToken);
        if (run.ExitCode == 97)
        {
            throw new UserError(
                "npm is not in the box: it must be installed on this machine, below /usr.",
                "Install it: sudo apt-get install npm"
            );
        }

        if (run.ExitCode != 0)
        {
            run.ShowEnd(terminal);
            throw new UserError(
                $"npm could not install the agents (exit {run.ExitCode}); its last lines stand above.",
                "Mend what they name, then: coop build"
            );
        }
    }

    // Boxes that run keep the old directory by its mount; its files stay until the next build.
    private void Exchange(string made)
    {
        if (Directory.Exists(Place))
        {
            Directory.Move(Place, Place + ".old");
        }

        Directory.Move(made, Place);
    }

    private byte[] ReadList()
    {
        try
        {
            return BoundedFile.Read(Path.Combine(Place, "packages.json"), 1 << 20) ?? [];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
