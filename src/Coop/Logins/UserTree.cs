using Coop.AgentHomes;
using Coop.Errors;
using Coop.Storage;

namespace Coop.Logins;

/// <summary>The user's own files of an account that are laid over a box's home as they are: instructions, commands, skills, hooks.</summary>
internal static class UserTree
{
    private const int FileLimitBytes = 8_000_000;
    private const int AllLimitBytes = 64_000_000;
    private const int MostFiles = 5000;
    private const int MostLevels = 16;

    // What agents keep for themselves wherever they are: databases, locks, logs.
    private static readonly string[] OwnEndings =
    [
        ".sqlite",
        ".sqlite-wal",
        ".sqlite-shm",
        ".db",
        ".lock",
        ".log",
        ".sock",
        ".pid",
    ];

    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Sorted by name; links are followed, as dotfile managers make them. Neither logins nor what <see cref="HomeShape.MergedNames"/> names.</summary>
    /// <exception cref="UserError">It is too much, or cannot be read.</exception>
    public static IReadOnlyList<HomeFile> Read(string directory, HomeShape shape)
    {
        if (!Directory.Exists(directory))
        {
            return [];
        }

        List<HomeFile> files = [];
        long size = 0;
        try
        {
            Walk(directory, "", 0);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new UserError(
                $"The settings in '{directory}' cannot be read: {cause.Message.TrimEnd('.')}.",
                "Make them readable for you, or move them away.",
                ExitCode.Usage,
                cause
            );
        }

        return files;

        void Walk(string place, string prefix, int level)
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(place).Order(StringComparer.Ordinal))
            {
                var name = prefix + Path.GetFileName(path);
                if (IsLeftOut(name, shape))
                {
                    continue;
                }

                if (Directory.Exists(path))
                {
                    if (level == MostLevels)
                    {
                        throw TooMuch(path, $"lies more than {MostLevels} directories deep");
                    }

                    Walk(path, name + "/", level + 1);
                }
                else if (ReadFile(path, name) is { } file)
                {
                    files.Add(file);
                    size += file.Content.Length;
                    if (files.Count > MostFiles || size > AllLimitBytes)
                    {
                        throw TooMuch(
                            directory,
                            $"holds more than {MostFiles} files or {AllLimitBytes / 1_000_000} MB to lay into a box"
                        );
                    }
                }
            }
        }
    }

    private static HomeFile? ReadFile(string path, string name)
    {
        // A link that leads nowhere is no file.
        if (!File.Exists(path))
        {
            return null;
        }

        var content = BoundedFile.Read(path, FileLimitBytes);
        return content is null
            ? null
            : new HomeFile(name, content) { IsExecutable = (File.GetUnixFileMode(path) & AnyExecute) != UnixFileMode.None };
    }

    private static bool IsLeftOut(string name, HomeShape shape) =>
        shape.CredentialNames.Contains(name)
        || shape.MergedNames.Contains(name)
        || shape.OwnNames.Contains(name)
        || Array.Exists(OwnEndings, ending => name.EndsWith(ending, StringComparison.Ordinal))
        || name.Any(char.IsControl);

    private static UserError TooMuch(string path, string problem) =>
        UserError.Usage($"'{path}' {problem}.", "Move what is no setting out of it.");
}
