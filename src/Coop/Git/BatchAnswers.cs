using System.Globalization;
using System.Text;
using Coop.Native;

namespace Coop.Git;

/// <summary>Reads what <c>git cat-file --batch</c> answers: <c>id type size</c>, a newline, so many bytes, a newline; or <c>id missing</c>.</summary>
internal sealed class BatchAnswers(int descriptor, long largest)
{
    private readonly byte[] buffer = new byte[256 * 1024];
    private int start;
    private int end;

    /// <summary>The next content; null when there is none, it is no file, or it is too large.</summary>
    public byte[]? Next()
    {
        var fields = Encoding.ASCII.GetString(ReadLine()).Split(' ');
        if (fields.Length < 3 || !long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            return null;
        }

        var isWanted = fields[1] == "blob" && size <= largest;
        var content = isWanted ? new byte[size] : null;
        for (var done = 0L; done < size; )
        {
            if (start == end && !Fill())
            {
                return null;
            }

            var count = (int)Math.Min(size - done, end - start);
            if (content is not null)
            {
                buffer.AsSpan(start, count).CopyTo(content.AsSpan((int)done));
            }

            start += count;
            done += count;
        }

        _ = ReadLine();
        return content;
    }

    private byte[] ReadLine()
    {
        List<byte> line = [];
        while (start < end || Fill())
        {
            var next = buffer[start++];
            if (next == '\n')
            {
                break;
            }

            line.Add(next);
        }

        return [.. line];
    }

    private bool Fill()
    {
        start = 0;
        end = Math.Max(0, Descriptor.Read(descriptor, buffer));
        return end > 0;
    }
}
