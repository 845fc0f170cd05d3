using Coop.Clones;
using Coop.Native;
using Coop.Storage;
using Coop.Trees;
using Microsoft.Win32.SafeHandles;

namespace Coop.Landings;

/// <summary>What lies in the user's tree where a landing would write, and is not git's: untracked and ignored files, links, directories.</summary>
internal static class TreeObstacles
{
    /// <summary>Paths relative to the root; empty when nothing is in the way.</summary>
    /// <param name="changes">From the tree's commit to the one that lands.</param>
    public static IReadOnlyList<BytePath> Find(BytePath root, IReadOnlyList<TreeChange> changes)
    {
        HashSet<BytePath> leaving = new(
            changes.Where(change => change.IsDeleted).Select(change => change.Path),
            BytePathComparer.Instance
        );
        using var top = OpenTree.OpenRoot(root);
        SortedSet<BytePath> obstacles = [];
        foreach (var change in changes.Where(change => change.IsAdded))
        {
            if (Above(top, change.Path, leaving) is { } above)
            {
                obstacles.Add(above);
            }
            else if (At(top, root, change.Path, leaving) is { } there)
            {
                obstacles.Add(there);
            }
        }

        return [.. obstacles];
    }

    // The first part of the way that is no directory and does not go.
    private static BytePath? Above(SafeFileHandle top, BytePath path, HashSet<BytePath> leaving)
    {
        var part = BytePath.Empty;
        foreach (var range in path.Parent.Bytes.Split((byte)'/'))
        {
            part = part.Join(path.Parent.Bytes[range]);
            using var parent = OpenTree.OpenDirectory(top, part.Parent);
            if (parent is null || part.IsEmpty || !OpenTree.TryStat(parent, part.Name, out var status))
            {
                return null;
            }

            if (!status.IsDirectory)
            {
                return leaving.Contains(part) ? null : part;
            }
        }

        return null;
    }

    private static BytePath? At(SafeFileHandle top, BytePath root, BytePath path, HashSet<BytePath> leaving)
    {
        using var parent = OpenTree.OpenDirectory(top, path.Parent);
        if (parent is null || !OpenTree.TryStat(parent, path.Name, out var status))
        {
            return null;
        }

        if (!status.IsDirectory)
        {
            return path;
        }

        // A directory may go when nothing is in it but what goes.
        Search search = new(path, leaving);
        TreeWalker.Walk(root.Join(path), 0, search, CancellationToken.None);
        return search.Found;
    }

    private sealed class Search(BytePath directory, HashSet<BytePath> leaving) : ITreeVisitor
    {
        public BytePath? Found { get; private set; }

        public void Visit(TreeDirectory place)
        {
            foreach (var entry in place)
            {
                if (entry.Type == Dirent.DT_DIR)
                {
                    place.Descend(entry, 0);
                }
                else if (!leaving.Contains(directory.Join(place.PathOf(entry))))
                {
                    Found ??= directory.Join(place.PathOf(entry));
                }
            }
        }

        public void CannotRead(BytePath path, int tag, int error) => Found ??= directory.Join(path);
    }
}
