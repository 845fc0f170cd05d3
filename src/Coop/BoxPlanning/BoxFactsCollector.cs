using System.Text;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Git;
using Coop.GitControls;
using Coop.HiddenFiles;
using Coop.Native;
using Coop.Places;
using Coop.Repositories;
using Coop.Storage;

namespace Coop.BoxPlanning;

/// <summary>Reads everything a plan needs. It changes nothing but Coop's own memory of what is hidden.</summary>
internal sealed class BoxFactsCollector(HostEnvironment host, UserDirectories directories, GitClient git)
{
    private const int IgnoreLimitBytes = 1_000_000;

    /// <param name="isRehearsal">The plan is only printed: it has no lifeline.</param>
    /// <param name="isForeign">As <see cref="BoxRequest.IsForeign"/>: then git looks at a directory of Coop's own, and into no submodule.</param>
    /// <exception cref="UserError">Something that must be known cannot be read; the box does not start.</exception>
    public async Task<BoxFacts> CollectAsync(
        EngineKind engine,
        TerminalFacts terminal,
        Settings settings,
        bool isRehearsal,
        bool isForeign,
        CancellationToken cancellationToken
    )
    {
        var start = settings.StartDirectory(host);
        var location = isForeign
            ? RepositoryFinder.Find(start, directories.Home)
            : RepositoryFinder.FindOwn(start, directories.Home);
        OwnPlaces.Refuse(location.Root, isMadeByCoop: isForeign, directories, settings.ConfigDirectory);

        // git reads its configuration while the tree is walked.
        var configuration = location.IsRepository
            ? git.ReadConfigurationAsync(location.Root, cancellationToken)
            : Task.FromResult(GitConfiguration.Empty);
        var owner = OwnerOf(location.Root);
        var search = HiddenSearch.Run(location, directories, settings.ShadowContent, cancellationToken);
        var hidden = search.Found;
        if (!isRehearsal)
        {
            search.Stores.Remember(location.Root, hidden, search.Memory);
        }

        var tracked =
            location.IsRepository && hidden.Hidden.Count > 0
                ? git.ListTrackedAsync(
                    isForeign ? location with { CommonDirectory = null } : location,
                    [.. hidden.Hidden.Select(path => path.Path)],
                    cancellationToken
                )
                : Task.FromResult<IReadOnlyList<TrackedFile>>([]);
        var runId = RandomBytes.Hexadecimal(4);
        var gitConfiguration = await configuration;
        var controls = await new GitControlCollector(git).CollectAsync(location, gitConfiguration, cancellationToken);
        return new BoxFacts
        {
            RunId = runId,
            Engine = engine,
            Caller = new UserAndGroup(host.UserId, host.GroupId),
            Location = location,
            RepositoryOwner = owner,
            StartDirectory = start,
            GitConfiguration = gitConfiguration,
            GitControls = controls,
            GlobalIgnores = ReadGlobalIgnores(gitConfiguration),
            Terminal = terminal,
            Hidden = hidden,
            VisibleTokens = search.VisibleTokens,
            TrackedHidden = await tracked,
            Proxies = [.. ProxyVariables.SetIn(host).Select(name => new BoxVariable(name, host.Get(name)!))],
            Certificates = HostCertificates.Read(),
            UserVariables =
            [
                .. Logins.UserVariables.Read(settings.ConfigDirectory).Select(line => new BoxVariable(line.Key, line.Value)),
            ],
            HasOwnImage = OwnImage.IsIn(location.Root),
            Tools = settings.InstallsTools ? ToolVersions.Read(location.Root, directories.Home) : null,
            Agents = engine == EngineKind.Bubblewrap ? ExistingAgents() : null,
            ProgramPath = host.ExecutablePath,
            Directories = directories,
            LineDirectory = isRehearsal ? null : StatePaths.Line(directories, runId),
        };
    }

    private BytePath? ExistingAgents()
    {
        var place = StatePaths.Agents(directories);
        return FileQuestion.StatusOf(CString.From(place.Bytes)) is { IsDirectory: true } ? place : null;
    }

    private static UserAndGroup OwnerOf(BytePath root) =>
        FileQuestion.StatusOf(CString.From(root.Bytes)) is { } status
            ? new UserAndGroup(status.UserId, status.GroupId)
            : throw new UserError($"'{root}' cannot be looked at.", "See who may: ls -ld .");

    private string ReadGlobalIgnores(GitConfiguration configuration)
    {
        // git-config(1): core.excludesFile, else $XDG_CONFIG_HOME/git/ignore, else ~/.config/git/ignore.
        var path = configuration.GetFromUser("core.excludesfile") is { } named
            ? ExpandHome(named)
            : Path.Combine(
                host.GetFilled("XDG_CONFIG_HOME") ?? Path.Combine(directories.Home ?? "/", ".config"),
                "git",
                "ignore"
            );
        try
        {
            return path is not null && BoundedFile.Read(path, IgnoreLimitBytes) is { } bytes
                ? Encoding.UTF8.GetString(bytes)
                : "";
        }
        catch (IOException)
        {
            // Only a convenience: git on the host warns of it and goes on too.
            return "";
        }
    }

    private string? ExpandHome(string path) =>
        path.StartsWith("~/", StringComparison.Ordinal)
            ? (directories.Home is { } home ? Path.Combine(home, path[2..]) : null)
            : path;
}
