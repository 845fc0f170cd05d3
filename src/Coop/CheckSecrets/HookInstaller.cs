using System.Text;
using Coop.Errors;
using Coop.Git;
using Coop.Native;
using Coop.Repositories;
using Coop.Storage;

namespace Coop.CheckSecrets;

/// <summary>Writes a pre-commit hook that checks what is staged, where there is none.</summary>
internal static class HookInstaller
{
    /// <returns>The path of the hook.</returns>
    /// <exception cref="UserError">There is one already, hooks live elsewhere, or there is no repository.</exception>
    public static string Install(RepositoryLocation location, GitConfiguration configuration, string program)
    {
        if (location.CommonDirectory is not { } common)
        {
            throw UserError.Usage($"'{location.Root}' is no git repository, so it has no hooks.", "Make one: git init");
        }

        if (configuration.Get("core.hookspath") is { } elsewhere)
        {
            throw UserError.Usage(
                $"This repository's hooks are those in '{Terminal.PlainText.CleanLine(elsewhere)}' (core.hooksPath).",
                $"Add this line to the pre-commit hook there: {PreCommitHook.CheckLine}"
            );
        }

        var hook = common.Join("hooks").Join(PreCommitHook.Name);
        if (FileQuestion.StatusOfLink(CString.From(hook.Bytes)) is not null)
        {
            throw UserError.Usage($"There is a hook already: '{hook}'.", $"Add this line to it: {PreCommitHook.CheckLine}");
        }

        var path = Encoding.UTF8.GetString(hook.Bytes);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, PreCommitHook.Text("Written by: coop check-secrets --install-hook", program));
        File.SetUnixFileMode(
            path,
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute
                | UnixFileMode.OtherRead
                | UnixFileMode.OtherExecute
        );
        return path;
    }
}
