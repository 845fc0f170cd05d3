using System.Globalization;
using System.Text;
using Coop.Errors;
using Coop.Git;
using Coop.Native;
using Coop.Processes;
using Coop.Storage;

namespace Coop.Clones;

/// <summary>
/// Makes a fork: a repository with the history of one commit, in objects of its own, and its files. One pack is written straight from the user's objects: nothing
/// else of the store comes along, and no byte is shared.
/// </summary>
internal sealed class CloneMaker(GitLauncher git)
{
    /// <param name="root">The fork's directory: exists, empty.</param>
    /// <param name="branch">Without <c>refs/heads/</c>.</param>
    /// <param name="excludes">What <c>info/exclude</c> says.</param>
    /// <exception cref="UserError">An object is missing, or there is no room.</exception>
    public async Task MakeAsync(
        BytePath root,
        OwnRepository own,
        RepositoryShape shape,
        string commit,
        string branch,
        GitIdentity identity,
        string excludes,
        CancellationToken cancellationToken
    )
    {
        var gitDirectory = root.Join(".git");
        var reference = $"refs/heads/{branch}";
        GitDirectoryWriter.Make(gitDirectory, reference, shape, Settings(identity), borrowed: null);
        await File.WriteAllTextAsync(GitDirectoryWriter.Text(gitDirectory.Join("info/exclude")), excludes, cancellationToken);
        Directory.CreateDirectory(GitDirectoryWriter.Text(gitDirectory.Join("hooks")));
        await PackAsync(gitDirectory, own, shape, commit, cancellationToken);
        GitDirectoryWriter.PutReference(gitDirectory, reference, commit);
        var workers = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        Check(
            await git.RunAsync(
                IsolatedGit.In(
                    gitDirectory,
                    root,
                    "-c",
                    $"checkout.workers={workers}",
                    "-c",
                    "core.hooksPath=/dev/null",
                    "read-tree",
                    "--reset",
                    "-u",
                    "HEAD"
                ),
                cancellationToken
            )
        );
    }

    private async Task PackAsync(
        BytePath gitDirectory,
        OwnRepository own,
        RepositoryShape shape,
        string commit,
        CancellationToken cancellationToken
    )
    {
        List<string> words = ["pack-objects", "-q", "--revs", "--delta-base-offset"];
        if (shape.IsPartial)
        {
            words.Add("--missing=allow-any");
        }

        words.Add(GitDirectoryWriter.Text(gitDirectory.Join("objects/pack/pack")));
        var call = IsolatedGit.In(gitDirectory, null, [.. words]);
        var result = await git.RunAsync(
            call with
            {
                Variables = [.. call.Variables, Alternates(own.Objects)],
                Input = Encoding.ASCII.GetBytes(commit + "\n"),
            },
            cancellationToken
        );
        Check(result);
        if (shape.IsPartial && result.OutputText.Split('\n')[^1] is { Length: >= 40 } pack)
        {
            // What is missing counts as promised only behind a pack that came from a promisor.
            var mark = gitDirectory.Join($"objects/pack/pack-{pack}.promisor");
            await File.WriteAllTextAsync(GitDirectoryWriter.Text(mark), "", cancellationToken);
        }
    }

    // A quoted path may hold the colon that separates paths.
    private static CString Alternates(BytePath objects)
    {
        var escaped = GitDirectoryWriter.Text(objects).Replace("\\", "\\\\").Replace("\"", "\\\"");
        return CString.From($"GIT_ALTERNATE_OBJECT_DIRECTORIES=\"{escaped}\"");
    }

    /// <summary>What stands in a fork's own configuration.</summary>
    public static string Settings(GitIdentity identity) =>
        $"[core]\n\tlogAllRefUpdates = true\n[user]\n\tname = {Quoted(identity.Name)}\n\temail = {Quoted(identity.Email)}\n[branch]\n\tautoSetupMerge = false\n";

    private static string Quoted(string value) =>
        "\"" + value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", " ") + "\"";

    private static void Check(ProcessResult result)
    {
        if (!result.Succeeded)
        {
            throw new UserError(
                $"git cannot make the fork: {ScratchRepository.Reason(result)}",
                "See whether the repository is whole and the disk has room: git fsck; df -h ."
            );
        }
    }
}
