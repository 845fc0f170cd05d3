using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Coop.Native;
using Coop.Storage;

namespace Coop.Shadowing;

/// <summary>
/// Remembers which files were looked into, so that a start reads only what changed: the keys of files without a token, and of those with one what it was. A file of Coop's own, outside the
/// repository; it may be lost at any time.
/// </summary>
internal sealed class ContentCache
{
    private const int LargestBytes = 64 << 20;

    // A file may change twice within one tick of the file system's clock: what changed so shortly before the cache was written is looked into again.
    private const long TickNanoseconds = 50_000_000;

    private readonly string path;
    private readonly string version;
    private readonly Dictionary<ulong, Entry> entries = [];
    private readonly long writtenAt;

    /// <param name="path">Absolute.</param>
    /// <param name="version">Of the detectors: what others found does not count.</param>
    public ContentCache(string path, string version)
    {
        (this.path, this.version) = (path, version);
        if (FileQuestion.StatusOf(CString.From(path)) is not { IsRegular: true, Size: < LargestBytes } status)
        {
            return;
        }

        try
        {
            Read(File.ReadAllBytes(path));
            writtenAt = status.Modified;
        }
        catch (IOException)
        {
            entries.Clear();
        }
    }

    private string FirstLine => $"coop-content 2 {version}";

    /// <summary>True when the file was looked into as it is now. Several threads may ask, while none adds.</summary>
    /// <param name="token">What was found; null when nothing was.</param>
    public bool Knows(ReadOnlySpan<byte> name, FileStatus status, out string? token)
    {
        token = null;
        if (status.Changed >= writtenAt - TickNanoseconds)
        {
            return false;
        }

        ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(entries, FileKey.Of(name, status));
        if (Unsafe.IsNullRef(ref entry))
        {
            return false;
        }

        entry.IsMet = true;
        token = entry.Token;
        return true;
    }

    /// <summary>Notes what was found in a file; null for nothing.</summary>
    public void Add(ReadOnlySpan<byte> name, FileStatus status, string? token) =>
        entries[FileKey.Of(name, status)] = new Entry { Token = token, IsMet = true };

    /// <summary>Writes what is known of the files that were asked for or added; a cache that cannot be written only costs time.</summary>
    public void Write()
    {
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"{FirstLine}\n");
        List<ulong> clean = new(entries.Count);
        foreach (var (key, entry) in entries)
        {
            if (entry is { IsMet: true, Token: not null })
            {
                head.Append(CultureInfo.InvariantCulture, $"{key:x16} {entry.Token}\n");
            }
            else if (entry.IsMet)
            {
                clean.Add(key);
            }
        }

        head.Append('\n');
        try
        {
            AtomicFile.Write(
                path,
                [.. Encoding.UTF8.GetBytes(head.ToString()), .. MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(clean))]
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private void Read(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\n\n"u8);
        if (end < 0)
        {
            return;
        }

        var lines = Encoding.UTF8.GetString(bytes[..end]).Split('\n');
        if (lines[0] != FirstLine)
        {
            return;
        }

        var keys = bytes[(end + 2)..];
        entries.EnsureCapacity((keys.Length / sizeof(ulong)) + lines.Length);
        foreach (var line in lines.Skip(1))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            if (
                blank < 0
                || !ulong.TryParse(line[..blank], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key)
            )
            {
                entries.Clear();
                return;
            }

            entries[key] = new Entry { Token = line[(blank + 1)..] };
        }

        for (; keys.Length >= sizeof(ulong); keys = keys[sizeof(ulong)..])
        {
            entries.TryAdd(BinaryPrimitives.ReadUInt64LittleEndian(keys), default);
        }
    }

    /// <summary>What is known of one file.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Entry
    {
        public string? Token { get; init; }

        /// <summary>It was there in this search.</summary>
        public bool IsMet { get; set; }
    }
}
