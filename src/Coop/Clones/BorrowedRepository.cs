using Coop.Errors;
using Coop.Git;
using Coop.Processes;
using Coop.Storage;

namespace Coop.Clones;

/// <summary>
/// A git directory of Coop's own that reads the objects of a fork: git works on it as if it were the fork's, and never sees the configuration, the hooks and the
/// pointers that lie in the fork.
/// </summary>
internal sealed class BorrowedRepository
{
    /// <summary>The branch that stands where the fork's stands.</summary>
    public const string WorkReference = "refs/heads/work";

    private const int IndexLimitBytes = 256 << 20;

    private static readonly TimeSpan ComparisonLimit = TimeSpan.FromMinutes(1);

    private readonly GitLauncher git;
    private readonly ForeignRepository fork;

    private BorrowedRepository(GitLauncher git, BytePath directory, ForeignRepository fork)
    {
        this.git = git;
        this.fork = fork;
        Directory = directory;
    }

    /// <summary>The git directory, absolute.</summary>
    public BytePath Directory { get; }

    /// <param name="directory">Does not exist yet; in a place of Coop's.</param>
    /// <param name="tip">What <see cref="WorkReference"/> stands on.</param>
    public static BorrowedRepository Make(
        GitLauncher git,
        BytePath directory,
        ForeignRepository fork,
        RepositoryShape shape,
        string tip
    ) => MakeSeen(git, directory, fork, shape, tip, GitDirectoryWriter.ScratchSettings);

    /// <summary>As <see cref="Make"/>, with the configuration that a fork has: what boxes are planned by.</summary>
    public static BorrowedRepository MakeSeen(
        GitLauncher git,
        BytePath directory,
        ForeignRepository fork,
        RepositoryShape shape,
        string tip,
        string settings
    )
    {
        GitDirectoryWriter.Make(directory, WorkReference, shape, settings, fork.Objects);
        GitDirectoryWriter.PutReference(directory, WorkReference, tip);
        return new BorrowedRepository(git, directory, fork);
    }

    /// <summary>Takes a copy of the fork's index.</summary>
    /// <exception cref="UserError">It is a link, no regular file, or larger than 256 MiB.</exception>
    public void TakeIndex()
    {
        if (SafeFile.Read(fork.GitDirectory, BytePath.From("index"), IndexLimitBytes) is { } index)
        {
            File.WriteAllBytes(GitDirectoryWriter.Text(Directory.Join("index")), index);
        }
    }

    /// <summary>
    /// What of the fork's tree is not in its last commit: tracked changes and files that git does not ignore. The tree's own attributes name no program here, because
    /// programs stand in a configuration and this one is Coop's; nested repositories are not entered.
    /// </summary>
    /// <exception cref="UserError">git cannot tell.</exception>
    public async Task<IReadOnlyList<BytePath>> ListUncommittedAsync(CancellationToken cancellationToken)
    {
        TakeIndex();
        GitDirectoryWriter.PutReference(
            Directory,
            WorkReference,
            fork.Head ?? throw new UserError("The fork's HEAD leads to no commit.", "Look into the fork without git, with care.")
        );
        var excludes = SafeExcludes();
        var call = IsolatedGit.In(
            Directory,
            fork.Root,
            "-c",
            $"core.excludesFile={excludes}",
            "--literal-pathspecs",
            "status",
            "--porcelain=v1",
            "-z",
            "--untracked-files=normal",
            "--ignore-submodules=all",
            "--no-renames"
        );

        // A FIFO by the name of a file that git reads would keep it waiting for ever.
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ComparisonLimit);
        ProcessResult result;
        try
        {
            result = await git.RunAsync(call, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UserError("git does not come to an end in the fork's tree.", "Look into the fork without git, with care.");
        }

        if (!result.Succeeded)
        {
            throw new UserError(
                $"git cannot compare the fork with its last commit: {GitLauncher.FirstLine(result)}",
                "Look into the fork without git, with care."
            );
        }

        List<BytePath> paths = [];
        foreach (var range in result.Output.Span.Split((byte)0))
        {
            var entry = result.Output.Span[range];
            if (entry.Length > 3)
            {
                paths.Add(BytePath.From(entry[3..]));
            }
        }

        return paths;
    }

    // The fork's own list of what is not tracked, taken as a copy: the user's global ignores stand in it.
    private string SafeExcludes()
    {
        var copy = Directory.Join("excludes");
        byte[]? content = null;
        try
        {
            content = SafeFile.Read(fork.GitDirectory, BytePath.From("info/exclude"), 1 << 20);
        }
        catch (UserError)
        {
            // Replaced by something else: then nothing is ignored by it.
        }

        File.WriteAllBytes(GitDirectoryWriter.Text(copy), content ?? []);
        return GitDirectoryWriter.Text(copy);
    }
}
