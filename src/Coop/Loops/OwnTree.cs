using Coop.Clones;
using Coop.Repositories;
using Coop.Runs;
using Coop.Storage;
using Coop.TaskQueue;

namespace Coop.Loops;

/// <summary>The user's own tree. Every box in it was compared when it ended, so git may look at it.</summary>
internal sealed class OwnTree : ILoopTree
{
    private readonly RunDoors doors;
    private readonly OwnRepository own;
    private readonly RepositoryShape shape;

    private OwnTree(RunDoors doors, OwnRepository own, RepositoryShape shape)
    {
        this.doors = doors;
        this.own = own;
        this.shape = shape;
    }

    public BytePath Root => own.Location.Root;

    public BytePath Repository => own.Location.Root;

    public string? Fork => null;

    /// <summary>The repository of the current directory; git is not started.</summary>
    /// <exception cref="Errors.UserError">There is none, or it is a fork; exit 2.</exception>
    public static RepositoryLocation Find(RunDoors doors) =>
        RepositoryFinder.FindOwn(doors.Settings.StartDirectory(doors.Host), doors.Directories.Home).Required("A loop needs");

    public static QueueStore QueueOf(RunDoors doors, RepositoryLocation location) =>
        new(doors.Directories, location.Root, TaskQueueFile.DefaultPath);

    /// <summary>Makes it ready for git: what killed runs left is compared first.</summary>
    public static async Task<OwnTree> OpenAsync(RunDoors doors, RepositoryLocation location, CancellationToken cancellationToken)
    {
        await doors.Sessions(doors.Host, doors.Settings, []).SweepAsync(cancellationToken);
        OwnRepository repository = new(doors.Git, location);
        var configuration = await doors.Client.ReadConfigurationAsync(location.Root, cancellationToken);
        return new OwnTree(doors, repository, repository.Shape(configuration));
    }

    public Task<BranchPosition> PositionAsync(CancellationToken cancellationToken) => own.PositionAsync(cancellationToken);

    public Task<IReadOnlyList<BytePath>> ListUncommittedAsync(CancellationToken cancellationToken) =>
        own.ListUncommittedAsync(cancellationToken);

    public Task<ScratchRepository> TakeAsync(BytePath directory, string commit, CancellationToken cancellationToken)
    {
        // It reads the user's objects, and holds nothing itself.
        ScratchRepository scratch = new(doors.Git, directory, shape);
        scratch.Make(own.Objects, commit);
        return Task.FromResult(scratch);
    }

    public Task<RunSession> OpenSessionAsync(CancellationToken cancellationToken) =>
        Task.FromResult(doors.Sessions(doors.Host, doors.Settings, []));
}
