using System.Buffers.Binary;
using Coop.Storage;

namespace Coop.Repositories;

/// <summary>Goes over the entries of an index, in its order: gitformat-index(5), versions 2 to 4. Takes any bytes.</summary>
/// <param name="idLength">Bytes of an object's name: <see cref="IdLength"/>, or <see cref="LongIdLength"/> in a repository of SHA-256.</param>
internal ref struct IndexEntries(ReadOnlySpan<byte> index, int idLength)
{
    public const int IdLength = 20;
    public const int LongIdLength = 32;

    private const int HeaderLength = 12;
    private const int FieldsLength = 40;
    private const int ModifiedAt = 8;
    private const int ModeAt = 24;
    private const int SizeAt = 36;
    private const int ExtendedFlag = 0x4000;
    private const int TypeBits = 0xF000;
    private const int RegularType = 0x8000;
    private const int DirectoryType = 0x4000;
    private const int ExecuteBits = 0x49;

    private readonly ReadOnlySpan<byte> index = index;
    private readonly int version = HasHeader(index) ? BinaryPrimitives.ReadInt32BigEndian(index[4..]) : 0;
    private readonly int count = HasHeader(index) ? BinaryPrimitives.ReadInt32BigEndian(index[8..]) : 0;
    private byte[] joined = [];
    private ReadOnlySpan<byte> path;
    private int entry;
    private int start;
    private int at = HeaderLength;

    /// <summary>An index without entries.</summary>
    public static ReadOnlySpan<byte> None => "DIRC\0\0\0\u0002\0\0\0\0"u8;

    /// <summary>False as soon as something is not as the format says; what was met before does not count either.</summary>
    public bool IsUnderstood { get; private set; } =
        HasHeader(index) && index[7] is >= 2 and <= 4 && index[4] + index[5] + index[6] == 0;

    /// <summary>
    /// After the last entry: the index does not tell everything itself. One that is split has the rest in another file, one that is sparse has a directory in the place of
    /// its files; both are told by an extension whose name does not begin with a capital.
    /// </summary>
    public bool NeedsMore { get; private set; }

    /// <summary>Holds until the next move.</summary>
    public readonly ReadOnlySpan<byte> Path => path;

    /// <summary>Neither a link nor a submodule.</summary>
    public readonly bool IsRegular => (Mode & TypeBits) == RegularType;

    private readonly int Mode => (int)Field(ModeAt);

    public bool MoveNext()
    {
        if (!IsUnderstood || entry >= count)
        {
            NeedsMore |= IsUnderstood && HasNeededExtension();
            return false;
        }

        entry++;
        IsUnderstood = Step();
        NeedsMore |= IsUnderstood && (Mode & TypeBits) == DirectoryType;
        return IsUnderstood;
    }

    /// <summary>What is kept of the entry's file.</summary>
    public readonly TrackedFile ToFile() =>
        new(
            BytePath.From(Path),
            Field(SizeAt),
            Field(ModifiedAt),
            (int)Field(ModifiedAt + 4),
            IsExecutable: (Mode & ExecuteBits) == ExecuteBits
        );

    private static bool HasHeader(ReadOnlySpan<byte> index) => index.Length >= HeaderLength && index.StartsWith("DIRC"u8);

    private readonly uint Field(int offset) => BinaryPrimitives.ReadUInt32BigEndian(index[(start + offset)..]);

    private bool Step()
    {
        start = at;
        at += FieldsLength + idLength;
        if (at + 4 > index.Length)
        {
            return false;
        }

        var flags = BinaryPrimitives.ReadUInt16BigEndian(index[at..]);
        at += (flags & ExtendedFlag) != 0 && version >= 3 ? 4 : 2;
        var kept = version == 4 ? path.Length - ReadOffset() : 0;
        var length = at <= index.Length ? index[at..].IndexOf((byte)0) : -1;
        if (length < 0 || kept < 0 || kept > path.Length)
        {
            return false;
        }

        path = kept == 0 ? index.Slice(at, length) : Join(path[..kept], index.Slice(at, length));

        // Before version 4 an entry is padded with one to eight NULs to a multiple of eight.
        at = version == 4 ? at + length + 1 : start + ((at + length - start + 8) & ~7);
        return true;
    }

    // What is kept already lies in the buffer, unless the path before was whole.
    private ReadOnlySpan<byte> Join(ReadOnlySpan<byte> kept, ReadOnlySpan<byte> added)
    {
        if (joined.Length < kept.Length + added.Length)
        {
            joined = new byte[(kept.Length + added.Length) * 2];
        }

        kept.CopyTo(joined);
        added.CopyTo(joined.AsSpan(kept.Length));
        return joined.AsSpan(0, kept.Length + added.Length);
    }

    // The variable-length number of pack files' offset deltas.
    private int ReadOffset()
    {
        var value = 0;
        for (var digit = 0; digit < 5 && at < index.Length; digit++)
        {
            var next = index[at++];
            value = (value << 7) + (next & 0x7f);
            if ((next & 0x80) == 0)
            {
                return value;
            }

            value++;
        }

        return int.MaxValue;
    }

    // Four bytes of name and four of length each, up to the checksum at the end.
    private readonly bool HasNeededExtension()
    {
        var next = (long)at;
        while (next + 8 <= index.Length - idLength)
        {
            var extension = index[(int)next..];
            if (extension[0] is not (>= (byte)'A' and <= (byte)'Z'))
            {
                return true;
            }

            next += 8 + BinaryPrimitives.ReadUInt32BigEndian(extension[4..]);
        }

        return false;
    }
}
