using Coop.Errors;
using Coop.Native;
using Coop.Storage;

namespace Coop.Repositories;

/// <summary>
/// Finds the repository of a directory as git does (gitrepository-layout(5)), by reading two small files instead of starting git: it costs nothing and
/// nothing of the repository's configuration is looked at.
/// </summary>
internal static class RepositoryFinder
{
    private const int PointerLimitBytes = 64 * 1024;

    /// <summary>The repository that holds the directory, or the directory alone when there is none.</summary>
    /// <exception cref="UserError">A bare repository, a damaged pointer, the home directory or <c>/</c>; exit 2.</exception>
    public static RepositoryLocation Find(BytePath directory, string? homeDirectory)
    {
        for (var at = directory; ; at = at.Parent)
        {
            if (At(at) is { } found)
            {
                return Checked(found, homeDirectory);
            }

            if (IsGitDirectory(at))
            {
                throw UserError.Usage(
                    $"'{at}' is a bare repository or the inside of one; a box needs a working tree.",
                    "Make one and go there: git worktree add ../work && cd ../work"
                );
            }

            if (at.Length <= 1)
            {
                return Checked(new RepositoryLocation(directory, null, null), homeDirectory);
            }
        }
    }

    /// <summary>As <see cref="Find"/>, for everything that will start git there.</summary>
    /// <exception cref="UserError">As there, or it is a fork.</exception>
    public static RepositoryLocation FindOwn(BytePath directory, string? homeDirectory)
    {
        var location = Find(directory, homeDirectory);
        ForkMark.Refuse(location.Root);
        return location;
    }

    private static RepositoryLocation? At(BytePath directory)
    {
        var dotGit = directory.Join(".git");
        var status = FileQuestion.StatusOf(CString.From(dotGit.Bytes));
        if (status is not { } found)
        {
            return null;
        }

        if (found.IsDirectory)
        {
            // A symbolic link to the git directory elsewhere is allowed by git; the physical path is what gets mounted.
            var real = IsLink(dotGit) ? Physical(dotGit) : dotGit;
            return IsGitDirectory(real) ? new RepositoryLocation(directory, real, CommonOf(real)) : null;
        }

        if (!found.IsRegular)
        {
            return null;
        }

        var pointed = ReadPointer(dotGit, "gitdir: "u8, directory);
        if (pointed is null || !IsGitDirectory(Physical(pointed)))
        {
            throw UserError.Usage(
                $"'{dotGit}' does not lead to a git directory.",
                "See what git says of it: git status. A moved worktree is mended with: git worktree repair"
            );
        }

        var gitDirectory = Physical(pointed);
        return new RepositoryLocation(directory, gitDirectory, CommonOf(gitDirectory));
    }

    private static RepositoryLocation Checked(RepositoryLocation location, string? homeDirectory)
    {
        if (location.Root.Length <= 1)
        {
            throw UserError.Usage(
                "The root directory '/' is no repository; a box would hold the whole machine.",
                "Go into a project first: cd ~/project"
            );
        }

        if (homeDirectory is not null && Physical(BytePath.From(homeDirectory)).IsWithin(location.Root))
        {
            throw UserError.Usage(
                Physical(BytePath.From(homeDirectory)).Equals(location.Root)
                    ? $"'{location.Root}' is your home directory; a box would hold all your files."
                    : $"'{location.Root}' holds your home directory; a box would hold all your files.",
                "Go into a project first: cd ~/project"
            );
        }

        GitDirectoryProof.Require(location);
        return location;
    }

    private static BytePath CommonOf(BytePath gitDirectory) =>
        ReadPointer(gitDirectory.Join("commondir"), [], gitDirectory) is { } common ? Physical(common) : gitDirectory;

    // What git itself asks of a git directory: HEAD, and objects and refs in it or in the common directory.
    private static bool IsGitDirectory(BytePath directory) =>
        Exists(directory.Join("HEAD"))
        && (
            Exists(directory.Join("commondir")) || (IsDirectory(directory.Join("objects")) && IsDirectory(directory.Join("refs")))
        );

    private static bool IsLink(BytePath path) => FileQuestion.StatusOfLink(CString.From(path.Bytes)) is { IsLink: true };

    private static bool IsDirectory(BytePath path) => FileQuestion.StatusOf(CString.From(path.Bytes)) is { IsDirectory: true };

    private static bool Exists(BytePath path) => FileQuestion.StatusOfLink(CString.From(path.Bytes)) is not null;

    /// <summary>The path that a file of git's holds behind a prefix, absolute; null when it holds none.</summary>
    public static BytePath? ReadPointer(BytePath file, ReadOnlySpan<byte> prefix, BytePath relativeTo)
    {
        byte[]? bytes;
        try
        {
            bytes = BoundedFile.Read(CString.From(file.Bytes), PointerLimitBytes);
        }
        catch (IOException cause)
        {
            throw UserError.Usage($"'{file}' {cause.Message}.", "See what git says of it: git status");
        }

        var content = bytes.AsSpan().TrimEnd("\r\n"u8);
        if (bytes is null || content.IsEmpty || !content.StartsWith(prefix) || content.Contains((byte)0))
        {
            return null;
        }

        var path = BytePath.From(content[prefix.Length..]);
        return path.IsAbsolute ? path : relativeTo.Join(path);
    }

    private static BytePath Physical(BytePath path) => PhysicalPath.Of(path);
}
