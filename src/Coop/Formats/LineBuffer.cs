using System.Text;

namespace Coop.Formats;

/// <summary>Puts together the lines, and what is counted in bytes between them, of a connection that is read piece by piece. See <see cref="GuestProtocol"/>.</summary>
/// <param name="limitBytes">More than any message holds. The other end may lie: one that has more waiting is not to be talked to.</param>
internal sealed class LineBuffer(int limitBytes)
{
    private byte[] bytes = [];
    private int start;
    private int end;

    private ReadOnlySpan<byte> Waiting => bytes.AsSpan(start, end - start);

    /// <summary>Adds what was read. False when that is more than the limit: hang up.</summary>
    public bool TryAdd(ReadOnlySpan<byte> more)
    {
        var length = Waiting.Length + more.Length;
        if (length > limitBytes)
        {
            return false;
        }

        if (end + more.Length > bytes.Length)
        {
            var room = length > bytes.Length ? new byte[Math.Max(length, bytes.Length * 2)] : bytes;
            Waiting.CopyTo(room);
            (bytes, start, end) = (room, 0, Waiting.Length);
        }

        more.CopyTo(bytes.AsSpan(end));
        end += more.Length;
        return true;
    }

    /// <summary>The next whole line, without its end; null when there is none yet.</summary>
    public string? TakeLine()
    {
        var length = Waiting.IndexOf((byte)'\n');
        if (length < 0)
        {
            return null;
        }

        var line = Encoding.UTF8.GetString(Waiting[..length]);
        start += length + 1;
        return line;
    }

    /// <summary>The next bytes; null when not so many are there yet.</summary>
    public byte[]? Take(int count)
    {
        if (Waiting.Length < count)
        {
            return null;
        }

        var taken = Waiting[..count].ToArray();
        start += count;
        return taken;
    }
}
