using Coop.Masking;
using Coop.Storage;
using Coop.Trees;

namespace Coop.HiddenFiles;

/// <summary>Paths that a walk asks for with a directory and a name: most names are dismissed without the path being made.</summary>
internal sealed class PathSet
{
    private readonly NameFilter names = new();
    private readonly HashSet<BytePath> paths;

    public PathSet(IEnumerable<BytePath> paths)
    {
        this.paths = new HashSet<BytePath>(paths, BytePathComparer.Instance);
        foreach (var path in this.paths)
        {
            names.Add(path.Name);
        }
    }

    public bool Contains(TreeDirectory directory, TreeEntry entry) =>
        names.MayHold(entry.Name) && paths.Contains(directory.PathOf(entry));
}
