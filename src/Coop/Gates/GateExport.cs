using Coop.Clones;
using Coop.Errors;
using Coop.Storage;

namespace Coop.Gates;

/// <summary>A throw-away checkout of one commit, with a repository of that commit alone around it: what a gate runs on.</summary>
internal static class GateExport
{
    /// <param name="directory">Does not exist yet.</param>
    /// <param name="commit">In the scratch repository.</param>
    /// <param name="branch">The whole name of the branch it is to land on: scripts may ask for it.</param>
    public static async Task MakeAsync(
        ScratchRepository scratch,
        BytePath directory,
        string commit,
        string branch,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(GitDirectoryWriter.Text(directory));
        var gitDirectory = directory.Join(".git");
        GitDirectoryWriter.Make(
            gitDirectory,
            branch,
            scratch.Shape with
            {
                Shallow = null,
            },
            GitDirectoryWriter.ScratchSettings,
            borrowed: null
        );
        await StepAsync(
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-auto-maintenance",
            "--update-head-ok",
            "--depth=1",
            GitDirectoryWriter.Text(scratch.GitDirectory),
            $"+{commit}:{branch}"
        );
        await StepAsync("read-tree", "--reset", "-u", "HEAD");

        // The gate's own git shall behave as anywhere else.
        File.Delete(GitDirectoryWriter.Text(gitDirectory.Join("config")));
        await File.WriteAllTextAsync(
            GitDirectoryWriter.Text(gitDirectory.Join("config")),
            GitDirectoryWriter.Header(scratch.Shape),
            cancellationToken
        );

        async Task StepAsync(params string[] words)
        {
            var result = await scratch.Launcher.RunAsync(IsolatedGit.In(gitDirectory, directory, words), cancellationToken);
            if (!result.Succeeded)
            {
                throw new UserError(
                    $"The commit cannot be checked out for the gate: {ScratchRepository.Reason(result)}",
                    "See whether the disk has room: df -h ."
                );
            }
        }
    }
}
