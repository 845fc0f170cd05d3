using System.Text;
using Coop.Errors;
using Coop.Native;
using Coop.Storage;

namespace Coop.Repositories;

/// <summary>
/// Whether the git directory that a tree names is that tree's: boxes get it writable, and a pointer in the tree is written by whoever made the tree. So the
/// git directory itself has to say so.
/// </summary>
internal static class GitDirectoryProof
{
    private const int ConfigLimitBytes = 1 << 20;

    /// <exception cref="UserError">It is another tree's, or may be; exit 2.</exception>
    public static void Require(RepositoryLocation location)
    {
        if (location is not { GitDirectory: { } own, CommonDirectory: { } common } || BelongsTo(location.Root, own, common))
        {
            return;
        }

        throw UserError.Usage(
            $"'{location.Root.Join(".git")}' leads to '{common}', which does not say that it belongs to this directory; a box could read and change another repository.",
            "A worktree of that repository that was moved is mended with: git worktree repair. A new one is made with: git worktree add ../work"
        );
    }

    private static bool BelongsTo(BytePath root, BytePath own, BytePath common)
    {
        if (!own.Equals(common))
        {
            // gitrepository-layout(5), worktrees/<id>: `commondir` leads two levels up, `gitdir` back to the worktree's pointer.
            return own.Parent.Name.SequenceEqual("worktrees"u8)
                && own.Parent.Parent.Equals(common)
                && RepositoryFinder.ReadPointer(own.Join("gitdir"), [], own) is { } pointer
                && PhysicalPath.Of(pointer.Parent).Join(pointer.Name).Equals(root.Join(".git"));
        }

        if (own.IsWithin(root))
        {
            return true;
        }

        // A submodule's names its checkout (with sparse checkouts in a file of its own). What git init --separate-git-dir made says
        // nothing, but has a name of its own; a directory named .git is that of the tree around it.
        List<(string Key, string Value)> settings;
        try
        {
            settings = [.. CoreSettings(own.Join("config.worktree")), .. CoreSettings(own.Join("config"))];
        }
        catch (IOException)
        {
            return false;
        }

        return Value(settings, "worktree") is { } worktree
            ? PhysicalPath.Of(From(own, worktree)).Equals(root)
            : !own.Name.SequenceEqual(".git"u8) && Value(settings, "bare") is null or "false";
    }

    private static BytePath From(BytePath own, string worktree)
    {
        var path = BytePath.From(Encoding.Latin1.GetBytes(worktree));
        return path.IsAbsolute ? path : own.Join(path);
    }

    private static string? Value(List<(string Key, string Value)> settings, string key) =>
        settings.Where(setting => setting.Key == key).Select(setting => setting.Value).FirstOrDefault();

    // As git itself writes them. Another spelling proves nothing, and the tree is refused.
    private static IEnumerable<(string Key, string Value)> CoreSettings(BytePath file)
    {
        var inCore = false;
        var bytes = BoundedFile.Read(CString.From(file.Bytes), ConfigLimitBytes) ?? [];
        foreach (var line in Encoding.Latin1.GetString(bytes).Split('\n'))
        {
            var text = line.Trim();
            if (text.StartsWith('['))
            {
                inCore = text == "[core]";
            }
            else if (inCore && text.Split('=', 2) is [var key, var value])
            {
                yield return (key.Trim(), value.Trim());
            }
        }
    }
}
