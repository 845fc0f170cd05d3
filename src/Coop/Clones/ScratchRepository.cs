using System.Text;
using Coop.Errors;
using Coop.Git;
using Coop.Processes;
using Coop.Storage;

namespace Coop.Clones;

/// <summary>
/// A repository of Coop's own for one errand. It reads the user's objects, takes a fork's commits in as into a quarantine, and everything that is asked of them
/// (log, diff, rebase, export) is asked here. It goes as a whole, with what nobody wanted.
/// </summary>
internal sealed class ScratchRepository(GitLauncher git, BytePath directory, RepositoryShape shape)
{
    public const string BaseReference = "refs/coop/base";
    public const string TipReference = "refs/coop/tip";
    public const string CandidateReference = "refs/coop/candidate";

    /// <summary>The git directory, absolute.</summary>
    public BytePath GitDirectory { get; } = directory.Join("git");

    /// <summary>Where files are checked out, if any are.</summary>
    public BytePath WorkTree { get; } = directory.Join("tree");

    public RepositoryShape Shape => shape;

    /// <summary>The names after which a commit of an agent is called in messages of git.</summary>
    public GitLauncher Launcher => git;

    /// <param name="ownObjects">The user's object directory.</param>
    /// <param name="baseCommit">Where the user's branch stands.</param>
    public void Make(BytePath ownObjects, string baseCommit)
    {
        GitDirectoryWriter.Make(GitDirectory, "refs/heads/coop", shape, GitDirectoryWriter.ScratchSettings, ownObjects);
        GitDirectoryWriter.PutReference(GitDirectory, BaseReference, baseCommit);
        Directory.CreateDirectory(GitDirectoryWriter.Text(WorkTree));
    }

    /// <summary>Takes the borrowed repository's work in. What does not pass git's checks stays outside.</summary>
    /// <exception cref="UserError">The objects are damaged, forbidden or missing.</exception>
    public async Task FetchAsync(BytePath source, string reference, string name, CancellationToken cancellationToken)
    {
        var result = await RunAsync(
            cancellationToken,
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-auto-maintenance",
            "--no-recurse-submodules",
            GitDirectoryWriter.Text(source),
            $"+{reference}:{TipReference}"
        );
        if (!result.Succeeded)
        {
            throw new UserError(
                $"The commits of fork '{name}' do not pass git's checks: {Reason(result)}",
                $"Nothing was taken over. Let an agent mend it: coop fork {name}"
            );
        }
    }

    /// <summary>The best common ancestor; null when there is none.</summary>
    public async Task<string?> MergeBaseAsync(string one, string other, CancellationToken cancellationToken)
    {
        var result = await RunAsync(cancellationToken, "merge-base", one, other);
        return result.Succeeded ? result.OutputText.Split('\n')[0] : null;
    }

    /// <summary>Commits that the second reaches and the first does not, oldest first.</summary>
    public async Task<IReadOnlyList<ScratchCommit>> ListCommitsAsync(
        string from,
        string to,
        CancellationToken cancellationToken
    ) =>
        ScratchCommit.Parse(
            (
                await CheckedAsync(
                    cancellationToken,
                    "log",
                    "-z",
                    "--reverse",
                    "--topo-order",
                    "--no-show-signature",
                    "--encoding=UTF-8",
                    $"--format={ScratchCommit.Format}",
                    $"{from}..{to}",
                    "--"
                )
            ).Span
        );

    /// <summary>What each of these commits changes against each of its parents; a path can come more than once.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<TreeChange>>> ListChangesAsync(
        IReadOnlyList<string> commits,
        CancellationToken cancellationToken
    )
    {
        Dictionary<string, IReadOnlyList<TreeChange>> changes = new(StringComparer.Ordinal);
        if (commits.Count == 0)
        {
            return changes;
        }

        var call = Call("diff-tree", "--stdin", "-r", "-m", "--root", "--raw", "-z", "--no-renames", "--no-abbrev", "--always");
        var result = await git.RunAsync(call with { Input = Lines(commits) }, cancellationToken);
        Check(result, "diff-tree");
        foreach (var (commit, part) in CommitSections.Split(result.Output, shape.IdLength))
        {
            changes[commit] = [.. changes.GetValueOrDefault(commit, []), .. TreeChange.Parse(part.Span)];
        }

        return changes;
    }

    /// <summary>What differs between two commits' trees.</summary>
    public async Task<IReadOnlyList<TreeChange>> CompareAsync(string from, string to, CancellationToken cancellationToken) =>
        TreeChange.Parse(
            (
                await CheckedAsync(cancellationToken, "diff-tree", "-r", "--raw", "-z", "--no-renames", "--no-abbrev", from, to)
            ).Span
        );

    /// <summary>Lines added and removed by path; a binary file has neither.</summary>
    public async Task<IReadOnlyList<LineCount>> CountLinesAsync(string from, string to, CancellationToken cancellationToken) =>
        LineCount.Parse(
            (await CheckedAsync(cancellationToken, "diff-tree", "-r", "--numstat", "-z", "--no-renames", from, to)).Span
        );

    /// <summary>The change as text, as git prints it, cut at a bound.</summary>
    /// <param name="mostBytes">A longer text is cut there.</param>
    public async Task<ReadOnlyMemory<byte>> DiffAsync(string from, string to, int mostBytes, CancellationToken cancellationToken)
    {
        var call = Call(
            "diff",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-renames",
            "--ignore-submodules=none",
            "--submodule=short",
            from,
            to,
            "--"
        );
        var result = await git.RunAsync(call with { MostOutputBytes = mostBytes }, cancellationToken);
        Check(result, "diff");
        return result.Output;
    }

    /// <summary>Sizes of blobs by id; what is missing is left out.</summary>
    public async Task<IReadOnlyDictionary<string, long>> SizesAsync(
        IReadOnlyCollection<string> blobs,
        CancellationToken cancellationToken
    )
    {
        Dictionary<string, long> sizes = new(StringComparer.Ordinal);
        if (blobs.Count == 0)
        {
            return sizes;
        }

        var result = await git.RunAsync(
            Call("cat-file", "--batch-check=%(objectname) %(objectsize)") with
            {
                Input = Lines(blobs),
            },
            cancellationToken
        );
        Check(result, "cat-file");
        foreach (var line in result.OutputText.Split('\n'))
        {
            if (
                line.Split(' ') is [var id, var size]
                && long.TryParse(size, System.Globalization.CultureInfo.InvariantCulture, out var bytes)
            )
            {
                sizes[id] = bytes;
            }
        }

        return sizes;
    }

    /// <summary>Contents of blobs by id. The caller bounds them by asking for their sizes first.</summary>
    public async Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ContentsAsync(
        IReadOnlyCollection<string> blobs,
        CancellationToken cancellationToken
    )
    {
        if (blobs.Count == 0)
        {
            return new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        }

        var result = await git.RunAsync(Call("cat-file", "--batch") with { Input = Lines(blobs) }, cancellationToken);
        Check(result, "cat-file");
        return BlobBatch.Parse(result.Output);
    }

    /// <summary>The id of a regular file in a commit's tree; null when there is none.</summary>
    public async Task<string?> BlobAsync(string commit, string path, CancellationToken cancellationToken)
    {
        var result = await RunAsync(cancellationToken, "--literal-pathspecs", "ls-tree", "-z", commit, "--", path);
        var line = result.OutputText.Split('\0')[0];
        return result.Succeeded && line.StartsWith("100", StringComparison.Ordinal) ? line.Split([' ', '\t'])[2] : null;
    }

    /// <summary>Points a reference at a commit.</summary>
    public void PutReference(string reference, string commit) => GitDirectoryWriter.PutReference(GitDirectory, reference, commit);

    /// <summary>One run of git in here.</summary>
    public Task<ProcessResult> RunAsync(CancellationToken cancellationToken, params ReadOnlySpan<string> arguments) =>
        git.RunAsync(Call(arguments), cancellationToken);

    /// <summary>As <see cref="RunAsync"/>; its output, or a failure of Coop.</summary>
    public async Task<ReadOnlyMemory<byte>> CheckedAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var result = await RunAsync(cancellationToken, arguments);
        Check(result, arguments[0]);
        return result.Output;
    }

    public GitCall Call(params ReadOnlySpan<string> arguments) => IsolatedGit.In(GitDirectory, WorkTree, arguments);

    /// <summary>What git complained of, its last word first, since fetch reports a failed check before it gives up.</summary>
    public static string Reason(ProcessResult result)
    {
        var line = result
            .ErrorText.Split('\n')
            .FirstOrDefault(text =>
                text.StartsWith("error: ", StringComparison.Ordinal) || text.StartsWith("fatal: ", StringComparison.Ordinal)
            );
        var clean = Terminal.PlainText.CleanLine(line ?? result.ErrorText.Split('\n')[0]).Trim();
        return clean.EndsWith('.') ? clean : clean + ".";
    }

    private static void Check(ProcessResult result, string verb)
    {
        if (!result.Succeeded)
        {
            throw new UserError($"git {verb} failed: {Reason(result)}", "See whether the repository is whole: git fsck");
        }
    }

    private static byte[] Lines(IEnumerable<string> ids) => Encoding.ASCII.GetBytes(string.Concat(ids.Select(id => id + "\n")));
}
