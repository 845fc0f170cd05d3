using System.Globalization;
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
    private readonly HashSet<ulong> clean = [];
    private readonly Dictionary<ulong, string> tokens = [];
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
            Forget();
        }
    }

    /// <summary>True when the file was looked into as it is now.</summary>
    /// <param name="token">What was found; null when nothing was.</param>
    public bool Knows(ContentWalk.Candidate file, out string? token)
    {
        token = null;
        return file.Changed < writtenAt - TickNanoseconds
            && (clean.Contains(file.Key) || tokens.TryGetValue(file.Key, out token));
    }

    /// <summary>Writes what is known of these files; a cache that cannot be written only costs time.</summary>
    /// <param name="found">By key; null where nothing was found.</param>
    public void Write(IReadOnlyDictionary<ulong, string?> found)
    {
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"{FirstLine}\n");
        foreach (var (key, token) in found)
        {
            if (token is not null)
            {
                head.Append(CultureInfo.InvariantCulture, $"{key:x16} {token}\n");
            }
        }

        head.Append('\n');
        ulong[] keys = [.. found.Where(file => file.Value is null).Select(file => file.Key)];
        try
        {
            AtomicFile.Write(path, [.. Encoding.UTF8.GetBytes(head.ToString()), .. MemoryMarshal.AsBytes<ulong>(keys)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private string FirstLine => $"coop-content 1 {version}";

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

        foreach (var line in lines.Skip(1))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            if (
                blank < 0
                || !ulong.TryParse(line[..blank], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key)
            )
            {
                Forget();
                return;
            }

            tokens[key] = line[(blank + 1)..];
        }

        var keys = bytes[(end + 2)..];
        foreach (var key in MemoryMarshal.Cast<byte, ulong>(keys[..(keys.Length & ~7)].ToArray()))
        {
            clean.Add(key);
        }
    }

    private void Forget()
    {
        clean.Clear();
        tokens.Clear();
    }
}
