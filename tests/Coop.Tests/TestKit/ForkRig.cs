using Coop.BoxPlanning;
using Coop.Configuration;
using Coop.ForkKeeping;
using Coop.Forks;
using Coop.Git;
using Coop.LiveBoxes;
using Coop.Native;
using Coop.Processes;
using Coop.Runs;
using Coop.Storage;

namespace Coop.TestKit;

/// <summary>A real repository and its forks, with everything of the forks' commands but boxes: what an agent would do is done here, with git, in the fork.</summary>
internal sealed class ForkRig : IDisposable
{
    public ForkRig(params (string Key, string Value)[] settings)
    {
        Settings = SomeSettings.With(settings);
        Repository.Write("project/src/app.txt", "one\ntwo\nthree\n");
        Repository.Write("project/.gitignore", ".env\nnode_modules/\nlocal.db\n");
        Repository.Git("add", "--all");
        Repository.Git("commit", "--quiet", "--message=second");
    }

    public TemporaryRepository Repository { get; } = new();

    public RecordedTerminal Terminal { get; init; } = new();

    public Settings Settings { get; }

    /// <summary>Sessions that were asked for; none can start a box.</summary>
    public List<string> Sessions { get; } = [];

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    /// <summary>The user's place; relative to <see cref="TemporaryRepository.Base"/>.</summary>
    public string Place { get; set; } = "project";

    public RunDoors Doors
    {
        get
        {
            ProcessRunner processes = new(Repository.Environment);
            HostEnvironment host = new()
            {
                Variables = Repository
                    .Environment.Select(variable => variable.ToString().Split('=', 2))
                    .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal),
                Arguments = [],
                WorkingDirectory = Repository.BytesOf(Place),
                ExecutablePath = "/usr/local/bin/coop",
                UserId = Unistd.geteuid(),
                GroupId = Unistd.getgid(),
            };
            return new RunDoors(
                host,
                UserDirectories.From(host.Get),
                Settings,
                new GitLauncher(processes, Repository.Environment),
                new GitClient(processes, Repository.Environment),
                Session,
                processes,
                Terminal,
                TimeProvider.System
            );
        }
    }

    public string ForkPath(string name) => Repository.PathOf($"{Place}-forks/{name}");

    public string Head => Repository.GitIn(Place, "rev-parse", "HEAD").Trim();

    public Task<ForkDesk> DeskAsync() => ForkDesk.OpenAsync(Doors, Token);

    public async Task<ForkRecord> MakeAsync(string name, bool includesIgnored = false)
    {
        var desk = await DeskAsync();
        desk.Store.Prepare();
        return await new ForkCreator(desk).MakeAsync(name, includesIgnored, Token);
    }

    /// <summary>Makes a fork with one commit that writes these files.</summary>
    public async Task WorkAsync(string name, params (string Path, string Content)[] files)
    {
        await MakeAsync(name);
        Commit(name, $"work of {name}", files);
    }

    public void Commit(string name, string message, params (string Path, string Content)[] files)
    {
        foreach (var (path, content) in files)
        {
            Repository.Write($"{Place}-forks/{name}/{path}", content);
        }

        GitInFork(name, "add", "--all", "--force");
        GitInFork(name, "commit", "--quiet", $"--message={message}");
    }

    public string GitInFork(string name, params string[] words) => Repository.GitIn($"{Place}-forks/{name}", words);

    public async Task<int> ReviewAsync(string name, bool json = false) =>
        await new ForkReviewer(await DeskAsync()).RunAsync(name, new ForkReviewOptions(false, false, false, false, json), Token);

    public async Task<int> MergeAsync(string name, bool force = false, bool remove = false) =>
        await new ForkMerger(await DeskAsync()).RunAsync(name, new ForkMergeOptions(Yes: true, force, remove), Token);

    public async Task<int> MergeAllAsync() =>
        await new ForkMerger(await DeskAsync()).RunAllAsync(new ForkMergeOptions(true, false, false), Token);

    public async Task<int> RemoveAsync(string name, bool force = false) =>
        await new ForkRemover(await DeskAsync()).RunAsync(name, force, Token);

    public async Task<ListedFork> LookAsync(string name)
    {
        var desk = await DeskAsync();
        return new ForkLister(desk).Look(desk.Store.Read(name), Token);
    }

    public void Dispose() => Repository.Dispose();

    private Runs.RunSession Session(HostEnvironment host, Settings settings, IReadOnlyList<CString> variables)
    {
        Sessions.Add(host.WorkingDirectory.ToString());
        var directories = UserDirectories.From(host.Get);
        GitClient git = new(new ProcessRunner(Repository.Environment), [.. Repository.Environment, .. variables]);
        FakeGuard guard = new();
        FakeEngine engine = new(EngineKind.Bubblewrap);
        return new Runs.RunSession(
            host,
            directories,
            settings,
            new BoxFactsCollector(host, directories, git),
            new IndexSettling(git, TimeProvider.System),
            new Engines.EngineDetector(_ => engine, directories),
            _ => engine,
            new BoxReaper(_ => engine, guard, TimeProvider.System),
            new BoxRunner(
                new ProcessRunner(Repository.Environment),
                directories,
                Terminal,
                guard,
                new Egress.HostPorts(),
                TimeProvider.System,
                false
            ),
            new Images.ImageKeeper(
                host,
                directories,
                settings,
                new ProcessRunner(Repository.Environment),
                Terminal,
                TimeProvider.System
            ),
            new Runs.ToolProvision(Terminal, TimeProvider.System),
            Terminal,
            TimeProvider.System
        );
    }
}
