using Coop.Errors;
using Coop.Git;
using Coop.Native;

namespace Coop.Clones;

/// <summary>Puts a fork's commits onto the user's branch, in a scratch repository whose tree stays empty: only files in conflict are ever written.</summary>
internal sealed class Rebasing(ScratchRepository scratch, GitIdentity identity, IReadOnlyList<CString> userVariables)
{
    // Behind a sparse checkout of nothing git merges in the index alone.
    private const string Nothing = "/*\n!/*\n";

    /// <summary>The new tip; its commits stand on <paramref name="onto"/>. Equal to the old one when nothing had to be written anew.</summary>
    /// <param name="onto">Where the user's branch stands.</param>
    /// <param name="tip">The fork's last commit.</param>
    /// <exception cref="UserError">The changes conflict.</exception>
    public async Task<RebaseOutcome> RunAsync(string onto, string tip, CancellationToken cancellationToken)
    {
        if (
            !identity.Signs
            && await scratch.MergeBaseAsync(onto, tip, cancellationToken) == onto
            && await IsLinearAsync(onto, tip, cancellationToken)
        )
        {
            return new RebaseOutcome.Done(tip);
        }

        var sparse = scratch.GitDirectory.Join("info/sparse-checkout");
        await File.WriteAllTextAsync(GitDirectoryWriter.Text(sparse), Nothing, cancellationToken);
        scratch.PutReference("HEAD", tip);
        await scratch.CheckedAsync(cancellationToken, "-c", "core.sparseCheckout=true", "read-tree", "-m", "-u", "HEAD");
        var result = await scratch.Launcher.RunAsync(RebaseCall(onto), cancellationToken);
        if (result.Succeeded)
        {
            var head = await scratch.CheckedAsync(cancellationToken, "rev-parse", "HEAD");
            return new RebaseOutcome.Done(System.Text.Encoding.ASCII.GetString(head.Span).Trim());
        }

        return new RebaseOutcome.Conflict(await ConflictsAsync(cancellationToken), ScratchRepository.Reason(result));
    }

    private GitCall RebaseCall(string onto)
    {
        List<string> words =
        [
            "-c",
            "core.sparseCheckout=true",
            "-c",
            $"user.name={identity.Name}",
            "-c",
            $"user.email={identity.Email}",
            .. identity.Signing.SelectMany(pair => (string[])["-c", $"{pair.Key}={pair.Value}"]),
            "rebase",
            "--quiet",
            "--no-verify",
            "--no-autosquash",
            "--no-fork-point",
            "--no-stat",
            "--empty=drop",
            .. identity.Signs ? (string[])["--gpg-sign", "--force-rebase"] : ["--no-gpg-sign"],
            onto,
        ];
        var call = scratch.Call([.. words]);

        // A signature needs the user's keys, and so the user's home; the configuration stays Coop's.
        return identity.Signs
            ? call with
            {
                Variables =
                [
                    .. call.Variables.Where(variable =>
                        !variable.Bytes.StartsWith("HOME="u8) && !variable.Bytes.StartsWith("XDG_CONFIG_HOME="u8)
                    ),
                    .. userVariables,
                ],
            }
            : call;
    }

    // A merge of the agent's would land as a merge; the branch gets plain commits.
    private async Task<bool> IsLinearAsync(string onto, string tip, CancellationToken cancellationToken)
    {
        var merges = await scratch.CheckedAsync(cancellationToken, "rev-list", "--merges", "--max-count=1", $"{onto}..{tip}");
        return merges.IsEmpty;
    }

    private async Task<IReadOnlyList<Storage.BytePath>> ConflictsAsync(CancellationToken cancellationToken)
    {
        var result = await scratch.RunAsync(cancellationToken, "diff", "--name-only", "-z", "--diff-filter=U");
        List<Storage.BytePath> paths = [];
        foreach (var range in result.Output.Span.Split((byte)0))
        {
            if (result.Output.Span[range] is { IsEmpty: false } path)
            {
                paths.Add(Storage.BytePath.From(path));
            }
        }

        return paths;
    }
}
