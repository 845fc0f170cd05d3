using Coop.Errors;
using Coop.Native;
using Coop.Storage;
using Coop.Trees;
using Microsoft.Win32.SafeHandles;

namespace Coop.Clones;

/// <summary>
/// The git directory of a fork in which an agent worked, looked at without git: proof that it is the one Coop made and borrows nothing, and its references. Only valid
/// while no box runs there.
/// </summary>
/// <param name="Objects">The object directory, absolute.</param>
/// <param name="ObjectBytes">What lies in it.</param>
/// <param name="Head">The commit HEAD stands on; null when it names nothing.</param>
/// <param name="HeadReference">The reference HEAD names; null when detached.</param>
/// <param name="References">Whole names and ids.</param>
internal sealed record ForeignRepository(
    BytePath Root,
    BytePath Objects,
    long ObjectBytes,
    string? Head,
    string? HeadReference,
    IReadOnlyDictionary<string, string> References
)
{
    /// <summary>The problem of a fork whose directory is not there.</summary>
    public const string Gone = "it is gone";

    public BytePath GitDirectory => Root.Join(".git");

    /// <summary>Reads the numbers of a fork that Coop has just made.</summary>
    public static ForkIdentity IdentityOf(BytePath root)
    {
        var fork = FileQuestion.StatusOfLink(CString.From(root.Bytes));
        var git = FileQuestion.StatusOfLink(CString.From(root.Join(".git").Bytes));
        return fork is { } one && git is { } other
            ? new ForkIdentity(one.Device, one.Inode, other.Inode)
            : throw new UserError($"'{root}' was removed while it was made.", "Try again.");
    }

    /// <summary>Looks at the directory and says what is wrong with it; null when it is the fork that Coop made.</summary>
    public static string? ProblemOf(BytePath root, ForkIdentity identity)
    {
        using var parent = OpenTree.OpenRoot(root.Parent);
        if (!OpenTree.TryStat(parent, root.Name, out var fork))
        {
            return Gone;
        }

        if (!fork.IsDirectory || fork.Device != identity.Device || fork.Inode != identity.Inode)
        {
            return "it is not the directory that Coop made";
        }

        using var top = OpenTree.OpenDirectory(parent, BytePath.From(root.Name));
        if (top is null || !OpenTree.TryStat(top, ".git"u8, out var git))
        {
            return "its .git is gone";
        }

        return git.IsDirectory && git.Device == identity.Device && git.Inode == identity.GitInode
            ? null
            : "its .git is not the directory that Coop made";
    }

    /// <summary>Proves and reads it.</summary>
    /// <param name="name">As the user calls the fork.</param>
    /// <exception cref="UserError">It is not what Coop made, borrows objects, or cannot be read.</exception>
    public static ForeignRepository Open(
        BytePath root,
        ForkIdentity identity,
        string name,
        int idLength,
        CancellationToken cancellationToken
    )
    {
        if (ProblemOf(root, identity) is { } problem)
        {
            throw Refuse(name, problem);
        }

        using var parent = OpenTree.OpenRoot(root);
        using var git = OpenTree.OpenDirectory(parent, BytePath.From(".git")) ?? throw Refuse(name, "its .git is gone");
        foreach (
            var pointer in (string[])["commondir", "objects/info/alternates", "objects/info/http-alternates", "refs/replace"]
        )
        {
            if (Exists(git, BytePath.From(pointer)) && !IsEmptyDirectory(root.Join(".git").Join(pointer)))
            {
                throw Refuse(name, $"its .git holds '{pointer}', with which it would borrow from elsewhere");
            }
        }

        var place = root.Join(".git");
        ObjectsVisitor objects = new();
        TreeWalker.Walk(place.Join("objects"), 0, objects, cancellationToken);
        if (objects.Problem is { } strange || !IsDirectory(git, "objects"))
        {
            throw Refuse(name, $"its object store holds {objects.Problem ?? "a link"}");
        }

        var references = ForeignReferences.Read(place, idLength, cancellationToken);
        return new ForeignRepository(
            root,
            place.Join("objects"),
            objects.Bytes,
            references.Head,
            references.HeadReference,
            references.All
        );
    }

    private static bool IsDirectory(SafeFileHandle git, string name) =>
        OpenTree.TryStat(git, System.Text.Encoding.ASCII.GetBytes(name), out var status) && status.IsDirectory;

    private static bool Exists(SafeFileHandle git, BytePath path)
    {
        using var parent = OpenTree.OpenDirectory(git, path.Parent);
        return parent is not null && OpenTree.TryStat(parent, path.Name, out _);
    }

    private static bool IsEmptyDirectory(BytePath path) =>
        FileQuestion.StatusOfLink(CString.From(path.Bytes)) is { IsDirectory: true } && SmallDirectory.Names(path).Count == 0;

    private static UserError Refuse(string name, string problem) =>
        new(
            $"Fork '{name}' is not trusted: {problem}.",
            $"Look at it with care, without git; to be rid of it: coop fork rm {name} --force"
        );

    private sealed class ObjectsVisitor : ITreeVisitor
    {
        public long Bytes { get; private set; }

        public string? Problem { get; private set; }

        public void Visit(TreeDirectory directory)
        {
            foreach (var entry in directory)
            {
                if (entry.Type == Dirent.DT_DIR)
                {
                    directory.Descend(entry, 0);
                }
                else if (entry.Type == Dirent.DT_REG && directory.Stat(entry, out var status) == 0)
                {
                    Bytes += status.Size;
                }
                else
                {
                    Problem ??= $"{FileKind.DescribeEntry(entry.Type)} ('{directory.PathOf(entry)}')";
                }
            }
        }

        public void CannotRead(BytePath directory, int tag, int error) =>
            Problem ??= $"a directory that cannot be read ('{directory}')";
    }
}
