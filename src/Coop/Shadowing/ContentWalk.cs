using System.Runtime.InteropServices;
using Coop.Native;
using Coop.Storage;

namespace Coop.Shadowing;

/// <summary>Lists the regular files of a tree with what tells whether they changed. Directories called <c>.git</c> are left out: git's objects are compressed.</summary>
internal sealed class ContentWalk : ITreeVisitor
{
    // Larger files are data: reading them would hold up every start after they change.
    private const long LargestBytes = 16 << 20;

    private ContentWalk() { }

    private List<Candidate> Found { get; } = [];

    public static IReadOnlyList<Candidate> List(BytePath root, CancellationToken cancellationToken)
    {
        ContentWalk walk = new();
        TreeWalker.Walk(root, 0, walk, cancellationToken);
        return walk.Found;
    }

    public void Visit(TreeDirectory directory)
    {
        foreach (var entry in directory)
        {
            if (entry.Type == Dirent.DT_DIR && !entry.Name.SequenceEqual(".git"u8))
            {
                directory.Descend(entry, 0);
            }
            else if (
                entry.Type == Dirent.DT_REG
                && directory.Stat(entry, out var status) == 0
                && status.Size is > 0 and <= LargestBytes
            )
            {
                var path = directory.PathOf(entry);
                Found.Add(new Candidate(path, FileKey.Of(path.Bytes, status), status.Changed));
            }
        }
    }

    // What cannot be read by the user cannot be read in the box either; the search by names has its say on directories.
    public void CannotRead(BytePath directory, int tag, int error) { }

    /// <summary>A file that may hold a token.</summary>
    /// <param name="Key">Another one when the file changed.</param>
    /// <param name="Changed">Nanoseconds since 1970, by the file system's clock.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Candidate(BytePath Path, ulong Key, long Changed);
}
