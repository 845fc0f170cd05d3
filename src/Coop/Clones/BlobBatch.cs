using System.Globalization;
using System.Text;

namespace Coop.Clones;

/// <summary>Reads what <c>git cat-file --batch</c> prints: a line of id, type and size, the content, a newline.</summary>
internal static class BlobBatch
{
    /// <summary>By id; what was missing is left out.</summary>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Parse(ReadOnlyMemory<byte> output)
    {
        Dictionary<string, ReadOnlyMemory<byte>> contents = new(StringComparer.Ordinal);
        for (var at = 0; at < output.Length; )
        {
            var end = output.Span[at..].IndexOf((byte)'\n');
            if (end < 0)
            {
                break;
            }

            var words = Encoding.ASCII.GetString(output.Span.Slice(at, end)).Split(' ');
            at += end + 1;
            if (
                words is [var id, _, var size]
                && int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                && at + length <= output.Length
            )
            {
                contents[id] = output.Slice(at, length);
                at += length + 1;
            }
        }

        return contents;
    }
}
