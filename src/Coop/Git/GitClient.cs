using Coop.Errors;
using Coop.Native;
using Coop.Processes;
using Coop.Storage;

namespace Coop.Git;

/// <summary>The only starter of git on the host: one method for one question, none of which runs anything a repository names.</summary>
/// <param name="environment">The user's variables without <c>GIT_*</c>: a hook or an outer git must not redirect Coop.</param>
internal sealed class GitClient(IProcessRunner processes, IReadOnlyList<CString> environment)
{
    /// <summary>What git does on the host: no lock for refreshing an index, no question on the terminal.</summary>
    private static readonly CString[] QuietVariables =
    [
        CString.From("GIT_OPTIONAL_LOCKS=0"),
        CString.From("GIT_TERMINAL_PROMPT=0"),
    ];

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
                $"git cannot read its configuration in '{directory}': {FirstLine(result.ErrorText)}",
                "See what git says of it: git config --list"
            );
    }

    /// <summary>The values of one file alone, includes not followed; null when git cannot parse it.</summary>
    /// <param name="file">Absolute; Coop's own copy where the original may be hostile.</param>
    public async Task<GitConfiguration?> ReadConfigurationFileAsync(BytePath file, CancellationToken cancellationToken)
    {
        // From the root directory: no repository's own configuration is near.
        var result = await RunAsync(
            BytePath.From("/"),
            ["config", "--list", "--no-includes", "--show-scope", "--show-origin", "-z", "--file"],
            cancellationToken,
            CString.From(file.Bytes)
        );
        return result.Succeeded ? GitConfiguration.Parse(result.Output.Span) : null;
    }

    private async Task<ProcessResult> RunAsync(
        BytePath directory,
        string[] arguments,
        CancellationToken cancellationToken,
        params IReadOnlyList<CString> more
    )
    {
        ProcessSpec spec = new(CString.From("git"), [.. CString.List(arguments), .. more])
        {
            Directory = CString.From(directory.Bytes),
            Environment = [.. environment, .. QuietVariables],
        };
        try
        {
            return await processes.CaptureAsync(spec, cancellationToken);
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

    private static string FirstLine(string text)
    {
        var line = Terminal.PlainText.CleanLine(text.Split('\n')[0]);
        return line.EndsWith('.') ? line : line + ".";
    }
}
