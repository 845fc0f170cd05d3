using System.Buffers.Binary;
using System.Text;
using Coop.Native;
using Coop.Storage;

namespace Coop.Repositories;

/// <summary>
/// Reads the paths in git's index (gitformat-index(5), versions 2 to 4) without starting git: a start that finds tokens has no time for it, and the file may be hostile.
/// </summary>
internal static class IndexPaths
{
    private const int LargestBytes = 256 << 20;
    private const int HeaderLength = 12;
    private const int FieldsLength = 40;
    private const int ExtendedFlag = 0x4000;

    /// <summary>The paths that git tracks; none outside a repository and for an index that cannot be understood: then no file counts as tracked.</summary>
    public static IReadOnlySet<BytePath> Read(RepositoryLocation location)
    {
        if (location.GitDirectory is not { } directory)
        {
            return new HashSet<BytePath>();
        }

        try
        {
            var index = BoundedFile.Read(CString.From(directory.Join("index").Bytes), LargestBytes);
            return Parse(index, UsesLongIds(location) ? 32 : 20);
        }
        catch (IOException)
        {
            return new HashSet<BytePath>();
        }
    }

    /// <param name="idLength">Bytes of an object's name: 20, or 32 in a repository of SHA-256.</param>
    public static HashSet<BytePath> Parse(ReadOnlySpan<byte> index, int idLength)
    {
        HashSet<BytePath> paths = [];
        if (index.Length < HeaderLength || !index.StartsWith("DIRC"u8))
        {
            return paths;
        }

        var version = BinaryPrimitives.ReadInt32BigEndian(index[4..]);
        var count = BinaryPrimitives.ReadInt32BigEndian(index[8..]);
        var previous = Array.Empty<byte>();
        var at = HeaderLength;
        for (var entry = 0; entry < count; entry++)
        {
            var start = at;
            at += FieldsLength + idLength;
            if (at + 2 > index.Length)
            {
                return [];
            }

            var flags = BinaryPrimitives.ReadUInt16BigEndian(index[at..]);
            at += (flags & ExtendedFlag) != 0 && version >= 3 ? 4 : 2;
            var kept = version == 4 ? previous.Length - ReadOffset(index, ref at) : 0;
            var length = at <= index.Length ? index[at..].IndexOf((byte)0) : -1;
            if (length < 0 || kept < 0 || kept > previous.Length)
            {
                return [];
            }

            previous = [.. previous.AsSpan(0, kept), .. index.Slice(at, length)];
            paths.Add(BytePath.From(previous));

            // Before version 4 an entry is padded with one to eight NULs to a multiple of eight.
            at = version == 4 ? at + length + 1 : start + ((at + length - start + 8) & ~7);
        }

        return paths;
    }

    // The variable-length number of pack files' offset deltas.
    private static int ReadOffset(ReadOnlySpan<byte> index, ref int at)
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

    private static bool UsesLongIds(RepositoryLocation location)
    {
        const int MostBytes = 1 << 20;
        var configuration = BoundedFile.Read(CString.From(location.CommonDirectory!.Join("config").Bytes), MostBytes);
        return configuration is not null
            && Encoding.Latin1.GetString(configuration).Contains("sha256", StringComparison.OrdinalIgnoreCase);
    }
}
