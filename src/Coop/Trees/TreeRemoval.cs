using System.Text;
using Coop.Errors;
using Coop.Native;
using Coop.Storage;

namespace Coop.Trees;

/// <summary>
/// Removes a directory and everything in it, also what was made to resist: links are unlinked and never followed, closed directories are opened, and depth has
/// no limit, because what lies in a directory is moved up next to it instead of being walked down to.
/// </summary>
internal static unsafe class TreeRemoval
{
    private const uint OwnerOnly = 0b111_000_000;

    /// <summary>Nothing happens when it is not there; a link in its place is unlinked.</summary>
    /// <exception cref="UserError">Something in it cannot be removed.</exception>
    public static void Remove(BytePath directory)
    {
        if (FileQuestion.StatusOfLink(CString.From(directory.Bytes)) is null)
        {
            return;
        }

        using var parent = OpenTree.OpenRoot(directory.Parent);
        var place = OpenTree.Number(parent);
        if (!OpenTree.TryStat(parent, directory.Name, out _) || Unlink(place, directory.Name, 0))
        {
            return;
        }

        var top = Open(place, directory.Name);
        if (top >= 0)
        {
            try
            {
                new Emptying(top).Run();
            }
            finally
            {
                _ = Fcntl.Close(top);
            }
        }

        if (!Unlink(place, directory.Name, FileRemoval.RemoveDirectoryFlag))
        {
            throw new UserError(
                $"'{directory}' cannot be removed: {Errno.Text(Errno.Last)}.",
                $"Remove it yourself: rm -rf '{directory}'"
            );
        }
    }

    private static bool Unlink(int directory, ReadOnlySpan<byte> name, int flags)
    {
        fixed (byte* path = Terminated(name))
        {
            return FileRemoval.unlinkat(directory, path, flags) == 0;
        }
    }

    private static int Open(int directory, ReadOnlySpan<byte> name)
    {
        fixed (byte* path = Terminated(name))
        {
            var flags = Fcntl.O_RDONLY | Fcntl.O_DIRECTORY | Fcntl.O_NOFOLLOW | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC;
            var descriptor = Fcntl.OpenAt(directory, path, flags, 0);
            if (descriptor < 0 && Errno.Last == Errno.EACCES)
            {
                _ = FileRemoval.fchmodat(directory, path, OwnerOnly, 0);
                descriptor = Fcntl.OpenAt(directory, path, flags, 0);
            }

            if (descriptor >= 0)
            {
                // Names can be taken out of a directory only while it can be written.
                _ = FileMaking.fchmod(descriptor, OwnerOnly);
            }

            return descriptor;
        }
    }

    private static byte[] Terminated(ReadOnlySpan<byte> name) => [.. name, 0];

    private sealed class Emptying(int top)
    {
        private readonly TreeDirectory listing = new((_, _, _) => { });
        private readonly string prefix = $".coop-removal-{Convert.ToHexStringLower(Guid.NewGuid().ToByteArray())[..8]}-";
        private int lifted;

        public void Run()
        {
            for (var names = Names(top); names.Count > 0; names = Names(top))
            {
                var removed = names.Count(RemoveOne);
                if (removed == 0)
                {
                    return;
                }
            }
        }

        private bool RemoveOne(byte[] name)
        {
            if (Unlink(top, name, 0) || Unlink(top, name, FileRemoval.RemoveDirectoryFlag))
            {
                return true;
            }

            var directory = Open(top, name);
            if (directory < 0)
            {
                return false;
            }

            try
            {
                foreach (var child in Names(directory))
                {
                    if (!Unlink(directory, child, 0) && !Unlink(directory, child, FileRemoval.RemoveDirectoryFlag))
                    {
                        Lift(directory, child);
                    }
                }
            }
            finally
            {
                _ = Fcntl.Close(directory);
            }

            return Unlink(top, name, FileRemoval.RemoveDirectoryFlag);
        }

        private void Lift(int directory, byte[] child)
        {
            fixed (byte* name = Terminated(child))
            fixed (byte* target = Encoding.ASCII.GetBytes($"{prefix}{lifted++}\0"))
            {
                if (Renaming.renameat(directory, name, top, target) != 0)
                {
                    // A directory that may not be written cannot be moved either.
                    _ = FileRemoval.fchmodat(directory, name, OwnerOnly, 0);
                    _ = Renaming.renameat(directory, name, top, target);
                }
            }
        }

        private List<byte[]> Names(int directory)
        {
            List<byte[]> names = [];
            fixed (byte* here = "."u8)
            {
                // A new descriptor each time: a listing begins where the last one of the same descriptor ended.
                var again = Fcntl.OpenAt(directory, here, Fcntl.O_RDONLY | Fcntl.O_DIRECTORY | Fcntl.O_CLOEXEC, 0);
                if (again < 0 || listing.List(again, 0) != 0)
                {
                    _ = Fcntl.Close(again);
                    return names;
                }

                foreach (var entry in listing)
                {
                    names.Add(entry.Name.ToArray());
                }

                _ = Fcntl.Close(again);
            }

            return names;
        }
    }
}
