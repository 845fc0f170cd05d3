using System.Text;

namespace Coop.Clones;

/// <summary>Splits what <c>git diff-tree --stdin -z</c> prints: a commit's id up to a NUL, then its changes, each of two fields.</summary>
internal static class CommitSections
{
    public static IEnumerable<(string Commit, ReadOnlyMemory<byte> Changes)> Split(ReadOnlyMemory<byte> output, int idLength)
    {
        var at = 0;
        string? commit = null;
        var start = 0;
        while (at < output.Length)
        {
            var end = EndOf(output.Span, at);
            var next = Math.Min(end + 1, output.Length);
            if (output.Span[at] == ':')
            {
                // Its path is the next field, whatever that looks like.
                at = Math.Min(EndOf(output.Span, next) + 1, output.Length);
                continue;
            }

            if (commit is not null)
            {
                yield return (commit, output[start..at]);
            }

            // In front of the parent that is compared with, -m repeats the id; behind it a word may follow.
            commit = Encoding.ASCII.GetString(output.Span.Slice(at, Math.Min(idLength, end - at)));
            at = next;
            start = at;
        }

        if (commit is not null)
        {
            yield return (commit, output[start..]);
        }
    }

    private static int EndOf(ReadOnlySpan<byte> output, int from) =>
        output[from..].IndexOf((byte)0) is var length and >= 0 ? from + length : output.Length;
}
