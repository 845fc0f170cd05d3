using Coop.Storage;

namespace Coop.Masking;

/// <summary>Paths that a walk asks for with a directory and a name: most names are dismissed without the path being made.</summary>
internal sealed class PathSet
{
    private readonly HashSet<BytePath>.AlternateLookup<ReadOnlySpan<byte>> names;
    private readonly HashSet<BytePath> paths;

    public PathSet(IEnumerable<BytePath> paths)
    {
        this.paths = new HashSet<BytePath>(paths, BytePathComparer.Instance);
        names = this
            .paths.Select(path => BytePath.From(path.Name))
            .ToHashSet(BytePathComparer.Instance)
            .GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public bool Contains(TreeDirectory directory, TreeEntry entry) =>
        paths.Count > 0 && names.Contains(entry.Name) && paths.Contains(directory.PathOf(entry));
}
