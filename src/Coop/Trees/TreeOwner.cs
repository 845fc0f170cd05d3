using Coop.Native;
using Coop.Storage;

namespace Coop.Trees;

/// <summary>Gives a tree that root made to somebody else. Links themselves are given, not what they lead to.</summary>
internal static unsafe class TreeOwner
{
    public static void Give(BytePath root, uint user, uint group, CancellationToken cancellationToken)
    {
        GiveOne(root, user, group);
        TreeWalker.Walk(root, 0, new Visitor(user, group), cancellationToken);
    }

    /// <summary>The file or directory alone.</summary>
    public static void GiveOne(BytePath path, uint user, uint group)
    {
        using CStringArray name = new([CString.From(path.Bytes)]);
        _ = Unistd.lchown(name.Pointer[0], user, group);
    }

    private sealed class Visitor(uint user, uint group) : ITreeVisitor
    {
        public void Visit(TreeDirectory directory)
        {
            foreach (var entry in directory)
            {
                fixed (byte* name = entry.Name)
                {
                    _ = Fcntl.ChangeOwnerAt(directory.Descriptor, name, user, group, Fcntl.AT_SYMLINK_NOFOLLOW);
                }

                if (entry.Type == Dirent.DT_DIR)
                {
                    directory.Descend(entry, 0);
                }
            }
        }

        public void CannotRead(BytePath directory, int tag, int error) { }
    }
}
