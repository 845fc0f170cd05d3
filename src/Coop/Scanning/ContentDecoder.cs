using System.Buffers;
using System.Text;

namespace Coop.Scanning;

/// <summary>Says what content is: UTF-16 becomes UTF-8, and binary content is told from text by what it holds, not by a name or a single NUL.</summary>
internal static class ContentDecoder
{
    private const int Sample = 8192;

    // Nearly every file holds nothing else, and this is asked many bytes at a time.
    private static readonly SearchValues<byte> PlainBytes = SearchValues.Create([
        9,
        10,
        12,
        13,
        27,
        .. Enumerable.Range(0x20, 0x5f).Select(value => (byte)value),
    ]);

    /// <summary>The content as bytes that agree with ASCII.</summary>
    /// <returns>True when it was decoded to other bytes.</returns>
    public static bool Decode(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> text)
    {
        var encoding = EncodingOf(content);
        if (encoding is null)
        {
            text = content;
            return false;
        }

        // Code units that are no characters become U+FFFD, lines stay lines.
        text = Encoding.UTF8.GetBytes(encoding.GetString(content[..(content.Length & ~1)]));
        return true;
    }

    /// <summary>False for content in which control characters and bytes that are no UTF-8 are more than stray ones.</summary>
    public static bool IsText(ReadOnlySpan<byte> text)
    {
        const int MostStrayInThousand = 100;
        var sample = text[..Math.Min(text.Length, Sample)];
        if (!sample.ContainsAnyExcept(PlainBytes))
        {
            return true;
        }

        var odd = 0;
        for (var at = 0; at < sample.Length; )
        {
            if (sample[at] < 0x80)
            {
                odd += sample[at] < 0x20 && sample[at] is not ((byte)'\n' or (byte)'\r' or (byte)'\t' or 0x0c or 0x1b) ? 1 : 0;
                at++;
                continue;
            }

            var status = Rune.DecodeFromUtf8(sample[at..], out _, out var used);
            odd += status == OperationStatus.InvalidData ? 1 : 0;
            at += Math.Max(1, used);
        }

        return odd * 1000 <= sample.Length * MostStrayInThousand || odd <= 2;
    }

    // By its mark; without one, by the zero that every second byte of mostly ASCII text is.
    private static UnicodeEncoding? EncodingOf(ReadOnlySpan<byte> content)
    {
        if (content is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            return new UnicodeEncoding(content[0] == 0xfe, byteOrderMark: true);
        }

        const int LeastLength = 16;
        var sample = content[..Math.Min(content.Length & ~1, 512)];
        if (sample.Length < LeastLength || !sample.Contains((byte)0))
        {
            return null;
        }

        int evenZeros = 0,
            oddZeros = 0;
        for (var at = 0; at < sample.Length; at += 2)
        {
            evenZeros += sample[at] == 0 ? 1 : 0;
            oddZeros += sample[at + 1] == 0 ? 1 : 0;
        }

        var half = sample.Length / 2;
        return (evenZeros, oddZeros) switch
        {
            var (even, odd) when odd * 10 >= half * 8 && even * 10 <= half => new UnicodeEncoding(false, false),
            var (even, odd) when even * 10 >= half * 8 && odd * 10 <= half => new UnicodeEncoding(true, false),
            _ => null,
        };
    }
}
