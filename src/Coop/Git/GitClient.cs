using Coop.Errors;
using Coop.Native;
using Coop.Processes;
using Coop.Repositories;
using Coop.Storage;
using Coop.Trees;

namespace Coop.Git;

/// <summary>The only starter of git on the host: one method for one question, none of which runs anything a repository names.</summary>
/// <param name="environment">The user's variables without <c>GIT_*</c>: a hook or an outer git must not redirect Coop.</param>
internal sealed class GitClient(IProcessRunner processes, IReadOnlyList<CString> environment)
{
    // About a hundred paths. git compares each entry with each path: 5,000 paths took 310 ms, the whole index 11 ms (measured).
    private const int PathsLimitBytes = 4_000;

    // Nothing that reading could start: no file monitor, no hook, no refusal because of another owner.
    private static readonly string[] Unobtrusive =
    [
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "safe.directory=*",
    ];

    // Reading takes milliseconds. What takes longer waits for a pipe that lies in the git directory in the place of a file: a box can put it there.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // git 2.39.4 and newer: a missing object is not asked of the server, whose address and transport the repository's configuration names.
    private static readonly CString NoFetch = CString.From("GIT_NO_LAZY_FETCH=1");

    private readonly GitLauncher launcher = new(processes, environment);

    /// <summary>
    /// The effective configuration as seen from a directory. Reading it executes nothing (git-config(1)), so it is read whoever owns the repository;
    /// includes are followed.
    /// </summary>
    /// <exception cref="UserError">git is missing or cannot read its configuration.</exception>
    public async Task<GitConfiguration> ReadConfigurationAsync(BytePath directory, CancellationToken cancellationToken)
    {
        var result = await RunAsync(
            directory,
            ["-c", "safe.directory=*", "config", "--list", "--includes", "--show-scope", "--show-origin", "-z"],
            cancellationToken
        );
        return result.Succeeded
            ? GitConfiguration.Parse(result.Output.Span)
            : throw new UserError(
                $"git cannot read its configuration in '{directory}': {GitLauncher.FirstLine(result)}",
                "See what git says of it: git config --list"
            );
    }

    /// <summary>The values of one configuration's text alone, includes not followed; null when git cannot parse it.</summary>
    public async Task<GitConfiguration?> ReadConfigurationTextAsync(byte[] content, CancellationToken cancellationToken)
    {
        // From the root directory: no repository's own configuration is near. From a file of nothing git reads nothing, and an empty input is none.
        if (content.Length == 0)
        {
            return GitConfiguration.Empty;
        }

        GitCall call = new(
            BytePath.From("/"),
            "config",
            "--list",
            "--no-includes",
            "--show-scope",
            "--show-origin",
            "-z",
            "--file",
            "-"
        );
        var result = await launcher.RunAsync(call with { Input = content }, cancellationToken);
        return result.Succeeded ? GitConfiguration.Parse(result.Output.Span) : null;
    }

    /// <summary>
    /// What the index keeps of the files at or below these paths, in submodules too. The index is read as it is: nothing is compared with the tree, so no filter
    /// and no monitor runs.
    /// </summary>
    /// <exception cref="UserError">git is missing or cannot read the index.</exception>
    public async Task<IReadOnlyList<TrackedFile>> ListTrackedAsync(
        RepositoryLocation location,
        IReadOnlyList<BytePath> paths,
        CancellationToken cancellationToken
    )
    {
        if (
            !GitModules.Exist(location)
            && location.CommonDirectory is not null
            && IndexFile.TryReadFiles(location, paths) is { } files
        )
        {
            return files;
        }

        var root = location.Root;
        // Too many paths for one command line: list all, the caller matches.
        var asked = paths.Sum(path => path.Length + 1) < PathsLimitBytes ? paths : [];
        string[] intoSubmodules = GitModules.Exist(location) ? ["--recurse-submodules"] : [];
        var result = await RunAsync(
            root,
            [.. Unobtrusive, "--literal-pathspecs", "ls-files", "--stage", "--debug", "-z", .. intoSubmodules, "--"],
            cancellationToken,
            [.. asked.Select(path => CString.From(path.Bytes))]
        );
        return result.Succeeded
            ? IndexListing.Parse(result.Output.Span)
            : throw new UserError(
                $"git cannot read the index of '{root}': {GitLauncher.FirstLine(result)}",
                "See what git says of it: git status"
            );
    }

    /// <summary>Compares the tree with the index and writes the index anew, so that no entry is as young as the index itself. False when git could not.</summary>
    /// <param name="configuration">The effective one: the filters that it names are switched off, and files that pass through one stay as they are.</param>
    /// <param name="owner">Who the new file is given to: git makes it the caller's. Null leaves it so.</param>
    public async Task<bool> RefreshIndexAsync(
        RepositoryLocation location,
        GitConfiguration configuration,
        (uint Uid, uint Gid)? owner,
        CancellationToken cancellationToken
    )
    {
        if (configuration.WithoutFilters() is not { } variables)
        {
            return false;
        }

        GitCall call = new(location.Root, [.. Unobtrusive, "update-index", "-q", "--refresh", "--force-write-index"]);
        var result = await AskAsync(call with { Variables = variables }, cancellationToken);
        if (result.Succeeded && owner is { } user && location.GitDirectory is { } directory)
        {
            TreeOwner.GiveOne(directory.Join("index"), user.Uid, user.Gid);
        }

        return result.Succeeded;
    }

    /// <summary>The commits that the branches and HEAD stand on; empty without commits.</summary>
    public async Task<IReadOnlyList<string>> ListHeadsAsync(BytePath root, CancellationToken cancellationToken)
    {
        var result = await RunAsync(root, [.. Unobtrusive, "rev-parse", "--branches", "HEAD"], cancellationToken);
        return
        [
            .. result.OutputText.Split('\n').Where(line => line.Length >= 40 && line.All(char.IsAsciiHexDigitLower)).Distinct(),
        ];
    }

    /// <summary>The paths that commits made since have touched, each with the commit's abbreviated id.</summary>
    /// <param name="heads">What <see cref="ListHeadsAsync"/> said before.</param>
    public async Task<IReadOnlyList<CommittedPath>> ListCommittedAsync(
        BytePath root,
        IReadOnlyList<string> heads,
        CancellationToken cancellationToken
    )
    {
        var result = await RunAsync(
            root,
            [
                .. Unobtrusive,
                "log",
                "--branches",
                "HEAD",
                "--not",
                .. heads,
                "--format=%x01%h",
                "--name-only",
                "-z",
                "--no-renames",
                "--no-ext-diff",
                "--no-textconv",
                "--no-show-signature",
                "--",
            ],
            cancellationToken
        );
        return result.Succeeded ? CommittedPath.Parse(result.Output.Span) : [];
    }

    /// <summary>What <c>git --version</c> says, such as <c>git version 2.39.5</c>.</summary>
    /// <exception cref="UserError">git is missing.</exception>
    public async Task<string> ReadVersionAsync(CancellationToken cancellationToken) =>
        (await RunAsync(BytePath.From("/"), ["--version"], cancellationToken)).OutputText;

    /// <summary>Makes a repository of everything in a directory of Coop's own, without the user's templates, hooks and signature.</summary>
    /// <exception cref="UserError">git cannot do it.</exception>
    public async Task MakeRepositoryAsync(BytePath directory, string message, CancellationToken cancellationToken)
    {
        string[][] steps =
        [
            ["init", "--quiet", "--template=", "--initial-branch=main"],
            ["config", "user.name", "Coop"],
            ["config", "user.email", "coop@localhost"],
            ["add", "--all"],
            ["-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "commit", "--quiet", $"--message={message}"],
        ];
        foreach (var step in steps)
        {
            var result = await RunAsync(directory, step, cancellationToken);
            if (!result.Succeeded)
            {
                throw new UserError(
                    $"git cannot make a repository in '{directory}': {GitLauncher.FirstLine(result)}",
                    "Install git 2.31 or newer, then try again."
                );
            }
        }
    }

    /// <summary>The commit that HEAD names, of a repository of Coop's own whose control files the box could not write; null when there is none.</summary>
    public async Task<GitCommit?> ReadHeadAsync(BytePath directory, CancellationToken cancellationToken)
    {
        var result = await RunAsync(
            directory,
            ["log", "-1", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--name-only", "--format=%H%n%s"],
            cancellationToken
        );
        return result.Succeeded && result.OutputText.Split('\n') is [var id, var subject, .. var paths]
            ? new GitCommit(id, subject, [.. paths.Where(path => path.Length > 0)])
            : null;
    }

    private Task<ProcessResult> RunAsync(
        BytePath directory,
        string[] arguments,
        CancellationToken cancellationToken,
        params IReadOnlyList<CString> more
    ) => AskAsync(new GitCall(directory, [.. CString.List(arguments), .. more]), cancellationToken);

    private async Task<ProcessResult> AskAsync(GitCall call, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            return await launcher.RunAsync(call with { Variables = [.. call.Variables, NoFetch] }, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UserError(
                $"git gave no answer within {Limit.TotalSeconds:0} seconds in '{call.Directory}'.",
                "It may wait for a pipe in the place of a file; look: find .git -type p"
            );
        }
    }
}
