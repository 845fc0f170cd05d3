using System.Text;
using Coop.Errors;
using Coop.Git;
using Coop.GitControls;
using Coop.Native;
using Coop.Storage;
using Coop.Trees;

namespace Coop.Guards;

/// <summary>
/// Judges a git directory that a box could write: would the user's git, used in it, run something that was put there during the run? Ordinary clones and fixtures pass.
/// </summary>
/// <param name="started">As in <see cref="TreeAfterRun"/>.</param>
internal sealed class RepositoryJudge(GitClient git, long started)
{
    private const int ConfigLimitBytes = 1 << 20;
    private const int TodoLimitBytes = 1 << 20;

    /// <summary>What is dangerous in it: each path to move and the reason. Empty for a harmless one.</summary>
    public async Task<IReadOnlyList<(BytePath Path, string Reason)>> JudgeAsync(
        BytePath gitDirectory,
        CancellationToken cancellationToken
    )
    {
        List<(BytePath, string)> dangers = [];
        foreach (var name in (string[])["config", "config.worktree"])
        {
            var config = gitDirectory.Join(name);
            if (IsNew(config) && await ConfigProblemAsync(config, cancellationToken) is { } problem)
            {
                dangers.Add((config, problem));
            }
        }

        foreach (var hook in SmallDirectory.Names(gitDirectory.Join("hooks")))
        {
            var path = gitDirectory.Join("hooks").Join(hook);
            if (!hook.Bytes.EndsWith(".sample"u8) && IsNew(path))
            {
                dangers.Add((path, "a hook that git would run"));
            }
        }

        if (IsLink(gitDirectory.Join("hooks")) && IsNew(gitDirectory.Join("hooks")))
        {
            dangers.Add((gitDirectory.Join("hooks"), "hooks that lie elsewhere"));
        }

        var common = gitDirectory.Join("commondir");
        if (IsNew(common))
        {
            dangers.Add((common, "a pointer to another git directory"));
        }

        dangers.AddRange(Todo(gitDirectory));
        return dangers;
    }

    /// <summary>What of a configuration would make git on the host run something; null for one that git cannot parse.</summary>
    public async Task<IReadOnlyList<GitConfigEntry>?> UnsafeEntriesAsync(byte[] content, CancellationToken cancellationToken)
    {
        var parsed = await git.ReadConfigurationTextAsync(content, cancellationToken);
        return parsed?.Entries.Where(entry => !GitConfigRules.IsSafeOnHost(entry.Key, entry.Value)).ToList();
    }

    /// <summary>The bytes of a small regular file; null when it is missing or anything else.</summary>
    public static byte[]? TryReadConfig(BytePath config)
    {
        try
        {
            return SafeFile.Read(config.Parent, BytePath.From(config.Name), ConfigLimitBytes);
        }
        catch (UserError)
        {
            return null;
        }
    }

    /// <summary>How to speak of a configuration that sets this.</summary>
    public static string Describe(GitConfigEntry entry) => $"a configuration with {Terminal.PlainText.CleanLine(entry.Key)}";

    private async Task<string?> ConfigProblemAsync(BytePath config, CancellationToken cancellationToken)
    {
        if (TryReadConfig(config) is not { } content)
        {
            return "a configuration that is no small regular file";
        }

        return await UnsafeEntriesAsync(content, cancellationToken) is not { } entries ? "a configuration that git cannot parse"
            : entries.Count > 0 ? Describe(entries[0])
            : null;
    }

    /// <summary>A half-done rebase whose list of steps would run a program at <c>git rebase --continue</c>.</summary>
    public IEnumerable<(BytePath Path, string Reason)> Todo(BytePath gitDirectory)
    {
        foreach (var name in (string[])["rebase-merge", "rebase-apply", "sequencer"])
        {
            var directory = gitDirectory.Join(name);
            if (SmallDirectory.Names(directory).Any(file => IsNew(directory.Join(file)) && HoldsProgram(directory, file)))
            {
                yield return (directory, "a half-done rebase that would run a program");
            }
        }
    }

    private static bool HoldsProgram(BytePath directory, BytePath file)
    {
        if (file.Equals(BytePath.From("strategy")))
        {
            // git would run git-<strategy>; Coop knows no box that needs one of its own.
            return !IsKnownStrategy(ReadText(directory, file));
        }

        return file.Bytes.IndexOf("todo"u8) >= 0 && ReadText(directory, file).Split('\n').Any(IsExec);
    }

    private static bool IsKnownStrategy(string text) =>
        text.Trim() is "" or "ort" or "recursive" or "resolve" or "ours" or "subtree" or "octopus";

    // git-rebase(1): exec <command>, in short x.
    private static bool IsExec(string line)
    {
        var word = line.TrimStart().Split(' ', '\t')[0];
        return word is "exec" or "x";
    }

    private static string ReadText(BytePath directory, BytePath file)
    {
        try
        {
            return Encoding.UTF8.GetString(SafeFile.Read(directory, file, TodoLimitBytes) ?? []);
        }
        catch (UserError)
        {
            // No regular file: git fails on it, or follows a link to what is judged to run.
            return "exec";
        }
    }

    private bool IsNew(BytePath path) =>
        FileQuestion.StatusOfLink(CString.From(path.Bytes)) is { } status && status.Changed >= started;

    private static bool IsLink(BytePath path) => FileQuestion.StatusOfLink(CString.From(path.Bytes)) is { IsLink: true };
}
