using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Coop.Native;
using Coop.Storage;

namespace Coop.Trees;

/// <summary>
/// The directory that a walk stands in, with all its entries. One object serves the whole walk, so that nothing is allocated
/// for a file.
/// </summary>
internal sealed unsafe class TreeDirectory
{
    // Set as type of an entry that was gone when its type was asked for.
    private const byte Gone = 255;
    private const int SmallestRead = 16 * 1024;

    private readonly Action<TreeDirectory, TreeEntry, int> descend;

    // Pinned, because names are handed to the kernel where they lie.
    private byte[] buffer = GC.AllocateUninitializedArray<byte>(256 * 1024, pinned: true);
    private int length;
    private byte[] path = new byte[4096];

    internal TreeDirectory(Action<TreeDirectory, TreeEntry, int> descend) => this.descend = descend;

    /// <summary>Relative to the root of the walk; empty for the root.</summary>
    public ReadOnlySpan<byte> Path => path.AsSpan(0, PathLength);

    /// <summary>Open for the time of the visit; owned by the walker.</summary>
    public int Descriptor { get; private set; }

    /// <summary>What was given to <see cref="Descend"/>.</summary>
    public int Tag { get; private set; }

    internal int PathLength { get; private set; }

    /// <summary>All entries but <c>.</c> and <c>..</c>, in the order of the file system; can be read more than once.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Visits this entry later, if it is a directory then.</summary>
    /// <param name="tag">Handed back with the visit.</param>
    public void Descend(TreeEntry entry, int tag) => descend(this, entry, tag);

    public BytePath PathOf(TreeEntry entry) => BytePath.From(Path).Join(entry.Name);

    /// <summary>Asks the kernel about an entry, not following a link.</summary>
    /// <returns>0, or a number of <see cref="Errno"/>.</returns>
    public int Stat(TreeEntry entry, out FileStatus status)
    {
        fixed (byte* name = entry.Name)
        {
            return Native.Stat.Read(Descriptor, name, Fcntl.AT_SYMLINK_NOFOLLOW, out status) == 0 ? 0 : Errno.Last;
        }
    }

    internal void SetPath(int parentLength, ReadOnlySpan<byte> name)
    {
        var separator = parentLength == 0 ? 0 : 1;
        var needed = parentLength + separator + name.Length;
        if (needed > path.Length)
        {
            Array.Resize(ref path, Math.Max(needed, path.Length * 2));
        }

        if (separator == 1)
        {
            path[parentLength] = (byte)'/';
        }

        name.CopyTo(path.AsSpan(parentLength + separator));
        PathLength = needed;
    }

    /// <summary>Reads all records of an open directory.</summary>
    /// <returns>0, or a number of <see cref="Errno"/>.</returns>
    internal int List(int descriptor, int tag)
    {
        Descriptor = descriptor;
        Tag = tag;
        length = 0;
        while (true)
        {
            if (buffer.Length - length < SmallestRead)
            {
                Grow();
            }

            var read = (int)Dirent.Read(descriptor, buffer.AsSpan(length));
            if (read < 0)
            {
                var error = Errno.Last;

                // The directory was removed while it was open.
                return error == Errno.ENOENT ? 0 : error;
            }

            if (read == 0)
            {
                return ResolveUnknownTypes();
            }

            length += read;
        }
    }

    private void Grow()
    {
        var larger = GC.AllocateUninitializedArray<byte>(buffer.Length * 2, pinned: true);
        buffer.AsSpan(0, length).CopyTo(larger);
        buffer = larger;
    }

    private int ResolveUnknownTypes()
    {
        for (var at = 0; at < length; at += RecordLength(at))
        {
            if (buffer[at + Dirent.TypeOffset] != Dirent.DT_UNKNOWN)
            {
                continue;
            }

            var error = Stat(new TreeEntry(NameAt(at), 0, 0), out var status);
            if (error is not 0 and not Errno.ENOENT)
            {
                return error;
            }

            // The type bits of a mode are the values of DT_, shifted.
            buffer[at + Dirent.TypeOffset] = error == 0 ? (byte)((status.Mode & Native.Stat.S_IFMT) >> 12) : Gone;
        }

        return 0;
    }

    private int RecordLength(int at) => BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(at + Dirent.LengthOffset));

    private ReadOnlySpan<byte> NameAt(int at)
    {
        var name = buffer.AsSpan(at + Dirent.NameOffset, RecordLength(at) - Dirent.NameOffset);
        return name[..name.IndexOf((byte)0)];
    }

    /// <summary>Goes through the records of one directory.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal ref struct Enumerator(TreeDirectory directory)
    {
        private int at = -1;

        public readonly TreeEntry Current =>
            new(
                directory.NameAt(at),
                directory.buffer[at + Dirent.TypeOffset],
                BinaryPrimitives.ReadUInt64LittleEndian(directory.buffer.AsSpan(at))
            );

        public bool MoveNext()
        {
            do
            {
                at = at < 0 ? 0 : at + directory.RecordLength(at);
                if (at >= directory.length)
                {
                    return false;
                }
            } while (
                directory.buffer[at + Dirent.TypeOffset] == Gone || directory.NameAt(at) is [(byte)'.'] or [(byte)'.', (byte)'.']
            );

            return true;
        }
    }
}
