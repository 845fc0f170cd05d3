using System.Globalization;
using System.Text;
using Coop.Errors;
using Coop.Native;
using Coop.Processes;
using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.Git;

/// <summary>
/// Reads file lists, history and contents from the object store, with plumbing that runs no filter, no textconv and no hook, and fetches nothing that a partial
/// clone lacks.
/// </summary>
internal sealed class GitContents(IProcessRunner processes, IReadOnlyList<CString> environment)
{
    // A version of a file that is larger is not read: the caller is told.
    private const long LargestBlobBytes = 64 << 20;

    private static readonly string[] Unobtrusive =
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
        "log.showRoot=true",
    ];

    private static readonly CString[] Variables =
    [
        CString.From("GIT_OPTIONAL_LOCKS=0"),
        CString.From("GIT_TERMINAL_PROMPT=0"),
        CString.From("GIT_NO_LAZY_FETCH=1"),
        CString.From("GIT_NO_REPLACE_OBJECTS=1"),
        CString.From("LC_ALL=C"),
    ];

    /// <summary>The files that git tracks or would offer to track; ignored ones too if wanted. Other repositories in the tree end with a slash.</summary>
    /// <param name="warnings">What git could not look into, in git's words.</param>
    public async Task<IReadOnlyList<BytePath>> ListFilesAsync(
        BytePath root,
        bool withIgnored,
        List<string> warnings,
        CancellationToken cancellationToken
    )
    {
        string[] ignored = withIgnored ? [] : ["--exclude-standard"];
        var result = await RunAsync(
            root,
            ["ls-files", "-z", "--cached", "--others", "--deduplicate", .. ignored],
            cancellationToken
        );
        if (!result.Succeeded)
        {
            throw CannotList(root, result);
        }

        warnings.AddRange(result.ErrorText.Split('\n').Where(line => line.Contains("could not open", StringComparison.Ordinal)));
        return GitFiles.Parse(result.Output.Span);
    }

    /// <summary>The files of the index.</summary>
    public async Task<IReadOnlyList<BytePath>> ListTrackedAsync(BytePath root, CancellationToken cancellationToken) =>
        GitFiles.Parse((await AskAsync(root, ["ls-files", "-z", "--cached"], cancellationToken)).Span);

    /// <summary>The versions that the next commit brings: what the index has and HEAD has not.</summary>
    public async Task<IReadOnlyList<GitBlob>> ListStagedAsync(BytePath root, CancellationToken cancellationToken)
    {
        var hasHead = await HasHeadAsync(root, cancellationToken);
        if (hasHead)
        {
            string[] words = ["diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "HEAD", "--"];
            return RawListing.Parse((await AskAsync(root, words, cancellationToken)).Span);
        }

        var listing = await AskAsync(root, ["ls-files", "-z", "--stage"], cancellationToken);
        return StageListing(listing.Span, "100");
    }

    /// <summary>All versions in the tree of HEAD; empty without commits.</summary>
    public async Task<IReadOnlyList<GitBlob>> ListHeadAsync(BytePath root, CancellationToken cancellationToken) =>
        await HasHeadAsync(root, cancellationToken)
            ? StageListing((await AskAsync(root, ["ls-tree", "-r", "-z", "HEAD"], cancellationToken)).Span, "100")
            : [];

    /// <summary>Every commit that a reference or the reflog's stash leads to, oldest first; empty without commits.</summary>
    public async Task<IReadOnlyList<GitChange>> ReadHistoryAsync(BytePath root, CancellationToken cancellationToken)
    {
        string[] words =
        [
            "log",
            "--all",
            "--reverse",
            "-m",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--no-show-signature",
            "--no-notes",
            "--no-color",
            "--format=%x01%H%x00%aI%x00%B%x00",
        ];
        return RawListing.ParseLog((await AskAsync(root, words, cancellationToken)).Span);
    }

    /// <summary>True in a clone that lacks part of the history.</summary>
    public async Task<bool> IsShallowAsync(BytePath root, CancellationToken cancellationToken) =>
        Encoding.ASCII.GetString((await AskAsync(root, ["rev-parse", "--is-shallow-repository"], cancellationToken)).Span).Trim()
        == "true";

    /// <summary>A file as HEAD has it; null when it has none.</summary>
    public async Task<byte[]?> ReadAtHeadAsync(BytePath root, BytePath path, CancellationToken cancellationToken)
    {
        CString spec = CString.From([.. "HEAD:"u8, .. path.Bytes]);
        var result = await RunAsync(root, ["cat-file", "blob"], cancellationToken, spec);
        return result.Succeeded ? result.Output.ToArray() : null;
    }

    /// <summary>Reads versions one after the other, without holding more than one.</summary>
    /// <param name="each">Gets the id and the content; null for what is missing, larger than 64 MiB, or no file.</param>
    public void ReadBlobs(
        BytePath root,
        IReadOnlyList<string> ids,
        Action<string, byte[]?> each,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count == 0)
        {
            return;
        }

        using var questions = Questions(ids);
        using var silence = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        var (read, write) = Descriptor.Pipe();
        using SafeFileHandle answers = new(read, ownsHandle: true);
        IChildProcess child;
        try
        {
            child = processes.Start(
                Spec(root, ["cat-file", "--batch"], []) with
                {
                    Descriptors =
                    [
                        new((int)questions.DangerousGetHandle(), 0),
                        new(write, 1),
                        new((int)silence.DangerousGetHandle(), 2),
                    ],
                }
            );
        }
        finally
        {
            _ = Unistd.close(write);
        }

        using (child)
        {
            using var kill = cancellationToken.Register(() => child.Signal(Signals.SIGKILL));
            BatchAnswers batch = new(read, LargestBlobBytes);
            foreach (var id in ids)
            {
                cancellationToken.ThrowIfCancellationRequested();
                each(id, batch.Next());
            }

            child.Signal(Signals.SIGTERM);
        }
    }

    // A file without a name: a pipe would have to be filled while the answers are read.
    private static SafeFileHandle Questions(IReadOnlyList<string> ids)
    {
        var path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"coop-{Guid.NewGuid():N}"));
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        RandomAccess.Write(file, Encoding.ASCII.GetBytes(string.Concat(ids.Select(id => id + "\n"))), 0);
        return file;
    }

    private static List<GitBlob> StageListing(ReadOnlySpan<byte> output, string mode)
    {
        // `mode [type] id [stage]`, a tab, the path.
        List<GitBlob> blobs = [];
        while (output.IndexOf((byte)0) is var end and >= 0)
        {
            var entry = output[..end];
            output = output[(end + 1)..];
            var tab = entry.IndexOf((byte)'\t');
            var fields = Encoding.ASCII.GetString(entry[..Math.Max(tab, 0)]).Split(' ');
            if (tab > 0 && fields[0].StartsWith(mode, StringComparison.Ordinal))
            {
                blobs.Add(new GitBlob(fields.First(field => field.Length >= 40), BytePath.From(entry[(tab + 1)..])));
            }
        }

        return blobs;
    }

    private async Task<bool> HasHeadAsync(BytePath root, CancellationToken cancellationToken) =>
        (await RunAsync(root, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], cancellationToken)).Succeeded;

    private async Task<ReadOnlyMemory<byte>> AskAsync(BytePath root, string[] words, CancellationToken cancellationToken)
    {
        var result = await RunAsync(root, words, cancellationToken);
        if (result.Succeeded)
        {
            return result.Output;
        }

        throw CannotList(root, result);
    }

    private static UserError CannotList(BytePath root, ProcessResult result)
    {
        var reason = Terminal.PlainText.CleanLine(result.ErrorText.Split('\n')[0]).TrimEnd('.');
        return new UserError($"git cannot list what '{root}' holds: {reason}.", "See what git says of it: git fsck");
    }

    private ProcessSpec Spec(BytePath root, string[] words, IReadOnlyList<CString> more) =>
        new(CString.From("git"), [.. CString.List([.. Unobtrusive, .. words]), .. more])
        {
            Directory = CString.From(root.Bytes),
            Environment = [.. environment, .. Variables],
        };

    private async Task<ProcessResult> RunAsync(
        BytePath root,
        string[] words,
        CancellationToken cancellationToken,
        params IReadOnlyList<CString> more
    )
    {
        try
        {
            return await processes.CaptureAsync(Spec(root, words, more), cancellationToken);
        }
        catch (ProgramNotFoundException cause)
        {
            throw new UserError(
                "git is not installed, or cannot be started.",
                "Install git 2.31 or newer, then try again.",
                cause: cause
            );
        }
    }
}
