using Coop.Native;
using Coop.Storage;
using Coop.Trees;

namespace Coop.CheckSecrets;

/// <summary>Lists the regular files of a directory that git does not list: outside a repository, in other repositories of the tree, where the user named it.</summary>
internal sealed class FileLister : ITreeVisitor
{
    private readonly BytePath prefix;
    private readonly List<BytePath> files = [];
    private readonly List<(BytePath Path, string Reason)> unread = [];

    private FileLister(BytePath prefix) => this.prefix = prefix;

    /// <param name="directory">Relative to the root.</param>
    /// <param name="unread">Gets the directories that cannot be read.</param>
    public static IReadOnlyList<BytePath> List(
        BytePath root,
        BytePath directory,
        List<(BytePath Path, string Reason)> unread,
        CancellationToken cancellationToken
    )
    {
        FileLister lister = new(directory);
        TreeWalker.Walk(root.Join(directory), 0, lister, cancellationToken);
        unread.AddRange(lister.unread);
        return lister.files;
    }

    public void Visit(TreeDirectory directory)
    {
        foreach (var entry in directory)
        {
            if (entry.Type == Dirent.DT_DIR && !entry.Name.SequenceEqual(".git"u8))
            {
                directory.Descend(entry, 0);
            }
            else if (entry.Type == Dirent.DT_REG)
            {
                files.Add(prefix.Join(directory.PathOf(entry)));
            }
        }
    }

    public void CannotRead(BytePath directory, int tag, int error)
    {
        var path = prefix.Join(directory);
        unread.Add((path, $"The directory '{(path.IsEmpty ? "." : path.ToString())}' cannot be read ({Errno.Text(error)})."));
    }
}
