using System.Globalization;
using System.Text;
using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;
using Coop.Git;
using Coop.Native;
using Coop.Runs;
using Coop.Storage;
using Coop.Trees;

namespace Coop.Doctor;

/// <summary>What is set up on the host before a box is attacked, and looked at when it has ended: doors nobody may knock at, files nobody may change.</summary>
internal sealed class HostTraps : IDisposable
{
    private const int MostBytes = 64 * 1024;

    // What git on the host obeys, below the git directory: hooks of the attack, and the files it writes besides.
    private static readonly string[] Controls =
    [
        "config.worktree",
        "info/attributes",
        "hooks/pre-commit",
        "hooks/post-checkout",
        "hooks/fsmonitor-watchman",
    ];

    private static readonly string[] MadePaths =
    [
        OwnershipCheck.MadeFile,
        OwnershipCheck.MadeDirectory,
        OwnershipCheck.MadeInside,
    ];

    private readonly BytePath project;
    private readonly HostEnvironment host;
    private readonly DoctorPlants plants;
    private readonly byte[]? configuration;
    private readonly HostListener loopback;
    private readonly HostListener? socket;
    private readonly int pipe;

    /// <param name="project">The whole project, planted and committed.</param>
    /// <param name="socketName">Of a socket without a file.</param>
    public HostTraps(ThrowawayProject project, DoctorPlants plants, HostEnvironment host, string socketName)
    {
        this.project = project.Project;
        this.plants = plants;
        this.host = host;
        configuration = ReadOrNull(this.project, ".git/config");
        loopback = HostListener.OnLoopback();
        socket = HostListener.WithoutFile(socketName);
        pipe = FileControl.OpenToRead(Path.Combine(project.ProjectPath, DoctorPlants.Fifo));
    }

    public int Port => loopback.Port;

    /// <summary>What is in them; to be asked before anything else touches the project.</summary>
    /// <param name="imageVariables">What the image sets by itself, <c>NAME=value</c>.</param>
    public HostFindings Look(IReadOnlyList<CommittedPath> committed, IReadOnlyList<string> imageVariables, GuardReport guard) =>
        new()
        {
            ChangedSecrets = [.. plants.All.Where(secret => !IsUnchanged(secret)).Select(secret => secret.Path)],
            PipeWasWritten = PipeWasWritten(),
            LoopbackWasReached = loopback.WasReached,
            SocketWasReached = socket?.WasReached,
            HomeEntries = host.GetFilled("HOME") is { } home ? EntriesOf(BytePath.From(home)) : [],
            Variables = [.. host.Variables.Select(variable => $"{variable.Key}={variable.Value}")],
            ImageVariables = imageVariables,
            ProcessSpace = Links.Read("/proc/self/ns/pid"u8) is { } space ? Encoding.ASCII.GetString(space) : null,
            PlantedControls = [.. FindControls()],
            NestedRepositoryIsThere = StatusOf(project, "evil/.git/config") is not null,
            CommittedPaths = [.. committed.Select(commit => commit.Path.ToString()).Distinct()],
            Owner = OwnerOf("") ?? default,
            Made = MadePaths.ToDictionary(path => path, OwnerOf),
            Guard = guard,
        };

    public void Dispose()
    {
        _ = Unistd.close(pipe);
        socket?.Dispose();
        loopback.Dispose();
    }

    private IEnumerable<string> FindControls()
    {
        foreach (var path in Controls)
        {
            if (StatusOf(project, ".git/" + path) is { Size: > 0 })
            {
                yield return $".git/{path} is there";
            }
        }

        if (
            configuration is null
            || ReadOrNull(project, ".git/config") is not { } now
            || !now.AsSpan().SequenceEqual(configuration)
        )
        {
            yield return ".git/config is not what it was";
        }

        if (StatusOf(project, ".git") is not { IsDirectory: true })
        {
            yield return ".git is gone";
        }
    }

    private bool IsUnchanged(PlantedSecret secret) =>
        ReadOrNull(project, secret.Path) is { } bytes && bytes.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(secret.Content));

    // A link or a device that the box put in its place is as much a change as other bytes.
    private static byte[]? ReadOrNull(BytePath project, string path)
    {
        try
        {
            return SafeFile.Read(project, BytePath.From(path), MostBytes);
        }
        catch (UserError)
        {
            return null;
        }
    }

    private bool PipeWasWritten()
    {
        Span<byte> one = stackalloc byte[1];
        return Descriptor.Read(pipe, one) > 0;
    }

    private static IReadOnlyList<string> EntriesOf(BytePath home) =>
        [
            .. SmallDirectory
                .Names(home)
                .Select(name => (Name: name.ToString(), Status: StatusOf(home, name.ToString())))
                .Where(entry => entry.Status is not null)
                .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Status!.Value.Inode} {entry.Name}")),
        ];

    private UserAndGroup? OwnerOf(string path) =>
        StatusOf(project, path) is { } status ? new UserAndGroup(status.UserId, status.GroupId) : null;

    private static FileStatus? StatusOf(BytePath directory, string path) =>
        FileQuestion.StatusOfLink(CString.From(directory.Join(path).Bytes));
}
