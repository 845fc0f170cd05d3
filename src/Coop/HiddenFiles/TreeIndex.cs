using System.Runtime.InteropServices;
using Coop.Storage;
using Coop.Trees;

namespace Coop.HiddenFiles;

/// <summary>
/// What a walk saw, in a few bytes for each file: enough to find every name of an inode and everything below a directory afterwards,
/// without a second walk. Directories are numbered in the order in which they were found, a parent before its children; 0 is the root.
/// </summary>
internal sealed class TreeIndex
{
    private DirectoryNode[] directories = new DirectoryNode[256];
    private FileNode[] files = new FileNode[1024];
    private byte[] names = new byte[64 * 1024];
    private int namesLength = 1;
    private Dictionary<(int Parent, int Hash), List<int>>? byName;

    public TreeIndex()
    {
        directories[0] = new DirectoryNode(-1, 0, 0);
        DirectoryCount = 1;
    }

    private int DirectoryCount { get; set; }

    public int FileCount { get; private set; }

    public ReadOnlySpan<FileNode> Files => Now.Files;

    /// <summary>
    /// What was added until now. Another thread may read of it the files, and the names and parents of directories, while more is added: they lie where
    /// they are, or stay behind in an array that a longer one replaces.
    /// </summary>
    public View Now => new(files, FileCount, directories, names);

    public ref FileNode File(int number) => ref files[number];

    public ref DirectoryNode Directory(int number) => ref directories[number];

    /// <summary>Must be called for all files of a directory before those of the next.</summary>
    public int AddFile(int directory, TreeEntry entry, FileMark mark)
    {
        ref var node = ref Directory(directory);
        node.FirstFile = node.FileCount == 0 ? FileCount : node.FirstFile;
        node.FileCount++;
        if (FileCount == files.Length)
        {
            Array.Resize(ref files, files.Length * 2);
        }

        files[FileCount] = new FileNode(entry.Inode, directory, AddName(entry.Name), entry.Type, mark);
        return FileCount++;
    }

    public int AddDirectory(int parent, ReadOnlySpan<byte> name)
    {
        if (DirectoryCount == directories.Length)
        {
            Array.Resize(ref directories, directories.Length * 2);
        }

        var number = DirectoryCount++;
        directories[number] = new DirectoryNode(parent, AddName(name), Directory(parent).FirstChild);
        Directory(parent).FirstChild = number;
        return number;
    }

    public ReadOnlySpan<byte> Name(int offset) => Now.Name(offset);

    public BytePath PathOf(FileNode file) => PathOfDirectory(file.Directory).Join(Name(file.Name));

    public BytePath PathOfDirectory(int number) => Now.PathOfDirectory(number);

    /// <summary>The number of a directory that was walked; -1 when it was not.</summary>
    public int FindDirectory(BytePath path)
    {
        byName ??= MakeByName();
        var at = 0;
        var bytes = path.Bytes;
        foreach (var range in bytes.Split((byte)'/'))
        {
            var name = bytes[range];
            if (!name.IsEmpty)
            {
                at = FindChild(at, name);
            }

            if (at < 0)
            {
                break;
            }
        }

        return at;
    }

    private static int Hash(ReadOnlySpan<byte> name) => BytePathComparer.Instance.GetHashCode(name);

    private int FindChild(int parent, ReadOnlySpan<byte> name)
    {
        foreach (var child in byName!.GetValueOrDefault((parent, Hash(name)), []))
        {
            if (Name(Directory(child).Name).SequenceEqual(name))
            {
                return child;
            }
        }

        return -1;
    }

    private Dictionary<(int Parent, int Hash), List<int>> MakeByName()
    {
        var map = new Dictionary<(int Parent, int Hash), List<int>>();
        for (var number = 1; number < DirectoryCount; number++)
        {
            var key = (Directory(number).Parent, Hash(Name(Directory(number).Name)));
            if (!map.TryGetValue(key, out var list))
            {
                map.Add(key, list = []);
            }

            list.Add(number);
        }

        return map;
    }

    private int AddName(ReadOnlySpan<byte> name)
    {
        var needed = namesLength + 2 + name.Length;
        if (needed > names.Length)
        {
            Array.Resize(ref names, Math.Max(needed, names.Length * 2));
        }

        var offset = namesLength;
        names[offset] = (byte)name.Length;
        names[offset + 1] = (byte)(name.Length >> 8);
        name.CopyTo(names.AsSpan(offset + 2));
        namesLength = needed;
        return offset;
    }

    /// <summary>What an index held at one moment.</summary>
    internal readonly struct View(FileNode[] files, int fileCount, DirectoryNode[] directories, byte[] names)
    {
        public ReadOnlySpan<FileNode> Files => files.AsSpan(0, fileCount);

        public ReadOnlySpan<byte> Name(int offset)
        {
            var length = names[offset] | (names[offset + 1] << 8);
            return names.AsSpan(offset + 2, length);
        }

        public BytePath PathOfDirectory(int number)
        {
            var length = 0;
            for (var at = number; at > 0; at = directories[at].Parent)
            {
                length += Name(directories[at].Name).Length + 1;
            }

            var path = new byte[Math.Max(0, length - 1)];
            var end = path.Length;
            for (var at = number; at > 0; at = directories[at].Parent)
            {
                var name = Name(directories[at].Name);
                name.CopyTo(path.AsSpan(end - name.Length));
                end -= name.Length + 1;
                if (end >= 0)
                {
                    path[end] = (byte)'/';
                }
            }

            return BytePath.From(path);
        }
    }

    /// <summary>A file of the tree: anything but a directory.</summary>
    /// <param name="inode">As the directory told it.</param>
    /// <param name="type">One of the <c>DT_</c> values of <see cref="Native.Dirent"/>.</param>
    [StructLayout(LayoutKind.Auto)]
    internal struct FileNode(ulong inode, int directory, int name, byte type, FileMark mark)
    {
        public readonly ulong Inode => inode;

        public readonly int Directory => directory;

        public readonly int Name => name;

        public readonly byte Type => type;

        public FileMark Mark { get; set; } = mark;
    }

    /// <summary>A directory of the tree.</summary>
    /// <param name="nextSibling">Another directory of the same parent; 0 for none.</param>
    [StructLayout(LayoutKind.Auto)]
    internal struct DirectoryNode(int parent, int name, int nextSibling)
    {
        public readonly int Parent => parent;

        public readonly int Name => name;

        public readonly int NextSibling => nextSibling;

        public int FirstChild { get; set; }

        public int FirstFile { get; set; }

        public int FileCount { get; set; }

        public FileMark Mark { get; set; }
    }
}
