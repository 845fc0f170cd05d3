using Coop.Clones;
using Coop.Errors;
using Coop.Git;
using Coop.HiddenFiles;
using Coop.Landings;
using Coop.Masking;
using Coop.Native;
using Coop.Repositories;
using Coop.Runs;
using Coop.Storage;
using Coop.TaskQueue;
using Coop.Terminal;

namespace Coop.ForkKeeping;

/// <summary>One repository with its forks, opened for one command: what a killed Coop left is put right first.</summary>
internal sealed class ForkDesk
{
    private const long MostNewBytes = 1L << 30;

    private ForkDesk(RunDoors doors, RepositoryLocation location)
    {
        Doors = doors;
        Location = location;
        Places = new ForkPlaces(location.Root);
        Store = new ForkStore(Places, doors.Time);
        Own = new OwnRepository(doors.Git, location);
    }

    public RunDoors Doors { get; }

    public RepositoryLocation Location { get; }

    public ForkPlaces Places { get; }

    public ForkStore Store { get; }

    public OwnRepository Own { get; }

    /// <summary>git's configuration as seen from the user's repository; read by <see cref="OpenAsync"/>.</summary>
    public GitConfiguration Configuration { get; private set; } = GitConfiguration.Empty;

    public RepositoryShape Shape => field ??= Own.Shape(Configuration);

    /// <summary>Opens the repository of the current directory without starting git, for what only reads Coop's own files.</summary>
    /// <exception cref="UserError">There is none, or it is itself a fork; exit 2.</exception>
    public static ForkDesk Find(RunDoors doors)
    {
        var location = RepositoryFinder.FindOwn(doors.Settings.StartDirectory(doors.Host), doors.Directories.Home);
        return new ForkDesk(doors, location.Required("Forks need"));
    }

    /// <summary>As <see cref="Find"/>, ready for git: left-overs of killed runs are compared and removed, an interrupted landing is brought to its end.</summary>
    public static async Task<ForkDesk> OpenAsync(RunDoors doors, CancellationToken cancellationToken)
    {
        var desk = Find(doors);
        await doors.Sessions(doors.Host, doors.Settings, []).SweepAsync(cancellationToken);
        desk.Configuration = await doors.Client.ReadConfigurationAsync(desk.Location.Root, cancellationToken);
        if (desk.Store.Exists)
        {
            await desk.RepairAsync();
            ScratchPlace.Sweep(desk.Places);
        }

        return desk;
    }

    /// <summary>HEAD, which must stand on a branch with a commit.</summary>
    /// <exception cref="UserError">Detached or unborn; exit 2.</exception>
    public async Task<BranchPosition> PositionAsync(CancellationToken cancellationToken) =>
        (await Own.PositionAsync(cancellationToken)).Required("a fork lands on a branch");

    /// <summary>Proves that the fork is what Coop made, and reads its references.</summary>
    /// <exception cref="UserError">It is not, or it holds too much.</exception>
    public ForeignRepository OpenFork(ForkRecord record, CancellationToken cancellationToken)
    {
        var foreign = ForeignRepository.Open(
            Places.Fork(record.Name),
            record.Identity,
            record.Name,
            Shape.IdLength,
            cancellationToken
        );
        return foreign.ObjectBytes - record.ObjectBytes <= MostNewBytes
            ? foreign
            : throw new UserError(
                $"Fork '{record.Name}' holds {(foreign.ObjectBytes - record.ObjectBytes) >> 20} MiB of new objects, more than {MostNewBytes >> 20}.",
                $"Nothing was taken over. Let an agent make its history smaller (git gc), or be rid of it: coop fork rm {record.Name} --force"
            );
    }

    /// <summary>The commit that a fork offers: its branch, or its HEAD when that branch is gone.</summary>
    /// <exception cref="UserError">It has neither.</exception>
    public static string TipOf(ForkRecord record, ForeignRepository foreign) =>
        foreign.References.GetValueOrDefault($"refs/heads/{record.Name}")
        ?? foreign.Head
        ?? throw new UserError($"Fork '{record.Name}' has lost its branch.", $"Let an agent mend it: coop fork {record.Name}");

    /// <summary>Who commits and signs for the user, by the user's own configuration.</summary>
    public GitIdentity Identity()
    {
        string[] keys =
        [
            "user.signingkey",
            "gpg.format",
            "gpg.program",
            "gpg.openpgp.program",
            "gpg.x509.program",
            "gpg.ssh.program",
            "gpg.ssh.defaultkeycommand",
        ];
        var signs =
            Configuration.Get("commit.gpgsign") is { } value && value.ToUpperInvariant() is "TRUE" or "YES" or "ON" or "1";
        return new GitIdentity(
            Configuration.Get("user.name") ?? "coop",
            Configuration.Get("user.email") ?? "coop@localhost",
            signs
                ?
                [
                    KeyValuePair.Create("commit.gpgsign", "true"),
                    .. keys.Where(key => Configuration.Get(key) is not null)
                        .Select(key => KeyValuePair.Create(key, Configuration.Get(key)!)),
                ]
                : []
        );
    }

    /// <summary>Which paths boxes of this repository do not see.</summary>
    public HiddenNames HiddenNames() => new(Location.Root, new HiddenStores(Doors.Directories, Location.Root).Exceptions.Read());

    /// <summary>The queue that a loop works in that fork.</summary>
    public QueueStore QueueOf(string name) => new(Doors.Directories, Places.Fork(name), TaskQueueFile.DefaultPath);

    /// <summary>A session for a box in a fork. git of the host looks at a directory of Coop's own instead of the fork's, which an agent could write.</summary>
    /// <param name="tip">Where the fork's branch stands.</param>
    /// <param name="seen">That directory: it does not exist yet, and the caller removes it.</param>
    public RunSession SessionOn(ForeignRepository foreign, string tip, BytePath seen)
    {
        var repository = BorrowedRepository.MakeSeen(
            Doors.Git,
            seen,
            foreign,
            Shape,
            foreign.Head ?? tip,
            CloneMaker.Settings(Identity())
        );
        repository.TakeIndex();
        return SessionOn(foreign.Root, [IsolatedGit.Of("GIT_DIR=", repository.Directory)]);
    }

    /// <summary>A session for boxes on another tree than the user's own, which have the image of the user's repository.</summary>
    public RunSession SessionOn(BytePath tree, IReadOnlyList<CString> gitVariables) =>
        new SessionsElsewhere(Doors.Host, Doors.Settings, Doors.Sessions, Location.Root).On(tree, gitVariables);

    public Lander Lander() =>
        new(Own, new LandingPlaces(Places.State, Location.GitDirectory!), Shape.ObjectFormat == "sha256", Doors.Time);

    private async Task RepairAsync()
    {
        if (await Lander().RepairAsync() is not { } outcome)
        {
            return;
        }

        foreach (var line in outcome.Lines())
        {
            Doors.Terminal.Say(line);
        }

        if (outcome.Landed && Store.Find(outcome.Journal.Fork) is { } record)
        {
            Store.Write(record with { LandedTip = outcome.Journal.Tip, LandedAs = outcome.Journal.To });
        }

        Store.Log(outcome.Journal.Fork, outcome.Lines().First());
    }
}
