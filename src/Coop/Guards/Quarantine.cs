using System.Text;
using Coop.Boxes;
using Coop.Errors;
using Coop.Native;
using Coop.Storage;

namespace Coop.Guards;

/// <summary>
/// Moves what must not stay where it is, by rename through descriptors so that no link can redirect it: into Coop's state, or, where that is another file
/// system, into a directory of the repository's own git directory from which nothing runs.
/// </summary>
/// <param name="state">A directory of this run's in Coop's state; made when first needed.</param>
/// <param name="fallback">On the repository's file system.</param>
internal sealed unsafe class Quarantine(BytePath state, BytePath fallback)
{
    private readonly List<MovedFile> moved = [];

    public IReadOnlyList<MovedFile> Moved => moved;

    /// <exception cref="UserError">It cannot be moved; the user must before git is used.</exception>
    public void Take(BytePath path, string reason)
    {
        foreach (var directory in (BytePath[])[state, fallback])
        {
            Directory.CreateDirectory(
                directory.ToString(),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
            var target = directory.Join([.. Encoding.ASCII.GetBytes($"{moved.Count}-"), .. path.Name]);
            if (Move(path, target) is not { } errno)
            {
                moved.Add(new MovedFile(path, target, reason));
                return;
            }

            if (errno == Errno.ENOENT)
            {
                return;
            }

            if (errno != Errno.EXDEV)
            {
                break;
            }
        }

        throw new UserError(
            $"'{path}' is dangerous ({reason}) and could not be moved away: {Errno.Text(Errno.Last)}.",
            $"Do not use git here before you have removed it: rm -rf '{path}'"
        );
    }

    // Null when it is done, else the error number.
    private static int? Move(BytePath path, BytePath target)
    {
        using var top = OpenTree.OpenRoot(BytePath.From("/"));
        using var parent = OpenTree.OpenDirectory(top, path.Parent.RelativeTo(BytePath.From("/")));
        if (parent is null)
        {
            return Errno.ENOENT;
        }

        using CStringArray names = new([CString.From(path.Name), CString.From(target.Bytes)]);
        return Renaming.renameat(OpenTree.Number(parent), names.Pointer[0], Fcntl.AT_FDCWD, names.Pointer[1]) == 0
            ? null
            : Errno.Last;
    }
}
