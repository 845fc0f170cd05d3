using Coop.Errors;
using Coop.Git;
using Coop.Native;
using Coop.Processes;
using Coop.Repositories;
using Coop.Storage;

namespace Coop.Clones;

/// <summary>The user's own repository, asked and changed by git without its hooks and monitors. No box ran in it since Coop compared it last.</summary>
internal sealed class OwnRepository(GitLauncher git, RepositoryLocation location)
{
    // As GitClient: nothing that could start by itself.
    private static readonly string[] Quiet =
    [
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "safe.directory=*",
        "-c",
        "protocol.allow=never",
        "-c",
        "protocol.file.allow=always",
        "-c",
        "fetch.fsckObjects=true",
        "-c",
        "fetch.unpackLimit=1",
        "-c",
        "gc.auto=0",
        "-c",
        "maintenance.auto=false",
        "--literal-pathspecs",
    ];

    public RepositoryLocation Location => location;

    public BytePath Objects => location.CommonDirectory!.Join("objects");

    public async Task<BranchPosition> PositionAsync(CancellationToken cancellationToken)
    {
        var branch = await RunAsync(cancellationToken, "symbolic-ref", "--quiet", "HEAD");
        var commit = await RunAsync(cancellationToken, "rev-parse", "--quiet", "--verify", "HEAD^{commit}");
        return new BranchPosition(branch.Succeeded ? branch.OutputText : null, commit.Succeeded ? commit.OutputText : null);
    }

    /// <param name="configuration">As git sees it here.</param>
    public RepositoryShape Shape(GitConfiguration configuration)
    {
        var shallow = location.CommonDirectory!.Join("shallow");
        return new RepositoryShape(
            configuration.Get("extensions.objectformat") ?? "sha1",
            configuration.Get("extensions.partialclone") is not null
                || configuration.Entries.Any(entry => entry.Key.EndsWith(".promisor", StringComparison.Ordinal)),
            BoundedFile.Read(CString.From(shallow.Bytes), 1 << 24)
        );
    }

    /// <summary>Tracked files that differ from the last commit, in the index or in the tree.</summary>
    public Task<IReadOnlyList<BytePath>> ListDirtyAsync(CancellationToken cancellationToken) =>
        ListStatusAsync(cancellationToken, "status", "--untracked-files=no");

    /// <summary>
    /// What of the tree is not in the last commit: tracked changes, and files that git neither tracks nor ignores (whole directories as one path that ends in a slash). The
    /// index is left as it is.
    /// </summary>
    public Task<IReadOnlyList<BytePath>> ListUncommittedAsync(CancellationToken cancellationToken) =>
        ListStatusAsync(cancellationToken, "--no-optional-locks", "status", "--untracked-files=normal");

    private async Task<IReadOnlyList<BytePath>> ListStatusAsync(CancellationToken cancellationToken, params string[] words)
    {
        var result = await RunAsync(
            cancellationToken,
            [.. words, "--porcelain=v1", "-z", "--ignore-submodules=dirty", "--no-renames"]
        );
        Check(result, "status");
        return Paths(result.Output.Span, 3);
    }

    /// <summary>Files that git ignores, whole directories as one path that ends in a slash.</summary>
    public async Task<IReadOnlyList<BytePath>> ListIgnoredAsync(CancellationToken cancellationToken)
    {
        var result = await RunAsync(
            cancellationToken,
            "ls-files",
            "--others",
            "--ignored",
            "--exclude-standard",
            "--directory",
            "-z"
        );
        Check(result, "ls-files");
        return Paths(result.Output.Span, 0);
    }

    /// <summary>The commit a reference stands on; null when there is none.</summary>
    public async Task<string?> ResolveAsync(string reference, CancellationToken cancellationToken)
    {
        var result = await RunAsync(cancellationToken, "rev-parse", "--quiet", "--verify", $"{reference}^{{commit}}");
        return result.Succeeded ? result.OutputText : null;
    }

    /// <summary>True when the commit is known here and the branch holds it.</summary>
    public async Task<bool> IsMergedAsync(string commit, string into, CancellationToken cancellationToken) =>
        (await RunAsync(cancellationToken, "merge-base", "--is-ancestor", commit, into)).Succeeded;

    /// <summary>Takes a commit of Coop's scratch repository over.</summary>
    /// <param name="from">A reference or a commit's id.</param>
    /// <param name="to">A reference of Coop's, below <c>refs/coop</c>; null takes the objects alone, which git keeps for weeks.</param>
    /// <exception cref="UserError">It cannot be written.</exception>
    public async Task FetchAsync(ScratchRepository scratch, string from, string? to, CancellationToken cancellationToken)
    {
        if (to is not null)
        {
            RemoveStaleLock(to);
        }

        var result = await RunAsync(
            cancellationToken,
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-auto-maintenance",
            "--no-recurse-submodules",
            "--no-prune",
            GitDirectoryWriter.Text(scratch.GitDirectory),
            to is null ? from : $"+{from}:{to}"
        );
        if (!result.Succeeded)
        {
            throw new UserError(
                $"git cannot take the commits over: {ScratchRepository.Reason(result)}",
                "See whether the repository is whole and the disk has room: git fsck; df -h ."
            );
        }
    }

    /// <summary>Removes a reference of Coop's; nothing happens when it is not there.</summary>
    public async Task DeleteReferenceAsync(string reference, CancellationToken cancellationToken)
    {
        // As a file first, which cannot be half-done; git is needed when it was packed.
        var file = location.CommonDirectory!.Join(reference);
        if (Directory.Exists(GitDirectoryWriter.Text(file.Parent)))
        {
            File.Delete(GitDirectoryWriter.Text(file));
        }

        if (await ResolveAsync(reference, cancellationToken) is not null)
        {
            _ = await RunAsync(cancellationToken, "update-ref", "-d", reference);
        }
    }

    /// <summary>Moves a branch if it still stands where it is expected.</summary>
    public async Task<bool> TryMoveAsync(
        string branch,
        string from,
        string to,
        string reason,
        FileLock held,
        CancellationToken cancellationToken
    ) =>
        (
            await git.RunAsync(
                Call(["update-ref", "-m", reason, branch, to, from]) with
                {
                    HeldDescriptor = held.Descriptor,
                },
                cancellationToken
            )
        ).Succeeded;

    /// <summary>What differs between two commits' trees.</summary>
    public async Task<IReadOnlyList<TreeChange>> CompareAsync(string from, string to, CancellationToken cancellationToken)
    {
        var result = await RunAsync(
            cancellationToken,
            "diff-tree",
            "-r",
            "--raw",
            "-z",
            "--no-renames",
            "--no-abbrev",
            "--ignore-submodules=none",
            from,
            to
        );
        Check(result, "diff-tree");
        return TreeChange.Parse(result.Output.Span);
    }

    /// <summary>Moves tree and index from one commit to another, with an index of its own, so that the user's is replaced whole or not at all.</summary>
    /// <param name="held">A lock that git holds too, should it outlive Coop.</param>
    public Task<ProcessResult> MoveTreeAsync(
        BytePath index,
        bool writesFiles,
        string from,
        string to,
        FileLock? held,
        CancellationToken cancellationToken
    ) =>
        git.RunAsync(
            Call(["read-tree", writesFiles ? "-u" : "-i", "-m", from, to]) with
            {
                HeldDescriptor = held?.Descriptor,
                Variables = [IsolatedGit.Of("GIT_INDEX_FILE=", index)],
            },
            cancellationToken
        );

    /// <summary>Writes files of an index to the tree, over what is there.</summary>
    /// <param name="paths">Relative to the top.</param>
    public Task<ProcessResult> CheckOutAsync(
        BytePath index,
        IReadOnlyList<BytePath> paths,
        CancellationToken cancellationToken
    ) =>
        git.RunAsync(
            Call(["checkout-index", "--force", "--index", "-z", "--stdin"]) with
            {
                Variables = [IsolatedGit.Of("GIT_INDEX_FILE=", index)],
                Input = paths.SelectMany(path => (byte[])[.. path.Bytes, 0]).ToArray(),
            },
            cancellationToken
        );

    /// <summary>Lets an index look at the files anew.</summary>
    public Task<ProcessResult> RefreshAsync(BytePath index, CancellationToken cancellationToken) =>
        git.RunAsync(
            Call(["update-index", "-q", "--refresh"]) with
            {
                Variables = [IsolatedGit.Of("GIT_INDEX_FILE=", index)],
            },
            cancellationToken
        );

    // Left by a git that was killed: nobody but Coop writes there, one at a time.
    private void RemoveStaleLock(string reference)
    {
        var path = location.CommonDirectory!.Join($"{reference}.lock");
        if (Directory.Exists(GitDirectoryWriter.Text(path.Parent)))
        {
            File.Delete(GitDirectoryWriter.Text(path));
        }
    }

    private Task<ProcessResult> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        git.RunAsync(Call(arguments), cancellationToken);

    private GitCall Call(string[] arguments) => new(location.Root, [.. Quiet, .. arguments]);

    private static List<BytePath> Paths(ReadOnlySpan<byte> output, int prefix)
    {
        List<BytePath> paths = [];
        foreach (var range in output.Split((byte)0))
        {
            var entry = output[range];
            if (entry.Length > prefix)
            {
                paths.Add(BytePath.From(entry[prefix..]));
            }
        }

        return paths;
    }

    private static void Check(ProcessResult result, string verb)
    {
        if (!result.Succeeded)
        {
            throw new UserError($"git {verb} failed: {GitLauncher.FirstLine(result)}", "See what git says of it: git status");
        }
    }
}
