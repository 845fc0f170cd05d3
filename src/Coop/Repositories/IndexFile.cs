using System.Text;
using Coop.Native;
using Coop.Storage;

namespace Coop.Repositories;

/// <summary>
/// Reads git's index without starting git: a start that hides something has no time for it (a process of its own, 11 ms for 10,000 entries), and the file may be hostile.
/// </summary>
internal static class IndexFile
{
    private const int LargestBytes = 256 << 20;

    /// <summary>The paths that git tracks; none outside a repository and for an index that cannot be understood: then no file counts as tracked.</summary>
    public static IReadOnlySet<BytePath> ReadPaths(RepositoryLocation location)
    {
        HashSet<BytePath> paths = [];
        var entries = new IndexEntries(Read(location), LengthOfIds(location));
        while (entries.MoveNext())
        {
            paths.Add(BytePath.From(entries.Path));
        }

        return entries.IsUnderstood ? paths : new HashSet<BytePath>();
    }

    /// <summary>What an index keeps of the regular files at or below some paths; null when only git understands it (split, sparse, damaged).</summary>
    public static IReadOnlyList<TrackedFile>? TryReadFiles(RepositoryLocation location, IEnumerable<BytePath> paths)
    {
        List<TrackedFile> files = [];
        BytePath[] sorted = [.. paths.Order()];
        var next = 0;
        var asked = new HashSet<BytePath>(sorted, BytePathComparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();
        var entries = new IndexEntries(Read(location), LengthOfIds(location));

        // The entries of a directory follow one another.
        byte[] directory = [];
        var isBelowAsked = false;
        while (entries.MoveNext())
        {
            var path = entries.Path;
            var parent = path[..Math.Max(0, path.LastIndexOf((byte)'/'))];
            if (!parent.SequenceEqual(directory))
            {
                directory = parent.ToArray();
                isBelowAsked = IsAsked(asked, parent);
            }

            // The entries are sorted too (git refuses others): both lists are gone through side by side, since a look-up for every entry takes longer.
            while (next < sorted.Length && sorted[next].Bytes.SequenceCompareTo(path) < 0)
            {
                next++;
            }

            var isAsked = next < sorted.Length && sorted[next].Bytes.SequenceEqual(path);
            if (entries.IsRegular && (isBelowAsked || isAsked))
            {
                files.Add(entries.ToFile());
            }
        }

        return entries.IsUnderstood && !entries.NeedsMore ? files : null;
    }

    // The directory or one above it.
    private static bool IsAsked(HashSet<BytePath>.AlternateLookup<ReadOnlySpan<byte>> asked, ReadOnlySpan<byte> directory)
    {
        while (!directory.IsEmpty && !asked.Contains(directory))
        {
            directory = directory[..Math.Max(0, directory.LastIndexOf((byte)'/'))];
        }

        return !directory.IsEmpty;
    }

    // No index yet is one without entries.
    private static ReadOnlySpan<byte> Read(RepositoryLocation location)
    {
        if (location.GitDirectory is not { } directory)
        {
            return IndexEntries.None;
        }

        try
        {
            return BoundedFile.Read(CString.From(directory.Join("index").Bytes), LargestBytes) is { } index
                ? index
                : IndexEntries.None;
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static int LengthOfIds(RepositoryLocation location)
    {
        const int MostBytes = 1 << 20;
        var configuration = location.CommonDirectory is { } common
            ? BoundedFile.Read(CString.From(common.Join("config").Bytes), MostBytes)
            : null;
        return
            configuration is not null
            && Encoding.Latin1.GetString(configuration).Contains("sha256", StringComparison.OrdinalIgnoreCase)
            ? IndexEntries.LongIdLength
            : IndexEntries.IdLength;
    }
}
