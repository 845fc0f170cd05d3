using System.Text;
using Coop.Storage;

namespace Coop.Git;

/// <summary>Reads what git prints of changes with <c>--raw -z</c>: <c>:modes ids status</c>, NUL, path, NUL.</summary>
internal static class RawListing
{
    private const string Submodule = "160000";

    /// <summary>The versions of regular files and links that were brought in; removals and submodules are left out.</summary>
    public static IReadOnlyList<GitBlob> Parse(ReadOnlySpan<byte> output)
    {
        List<GitBlob> blobs = [];
        while (output.IndexOf((byte)':') is var colon and >= 0)
        {
            output = output[colon..];
            var end = output.IndexOf((byte)0);
            if (end < 0)
            {
                break;
            }

            var fields = Encoding.ASCII.GetString(output[1..end]).Split(' ');
            output = output[(end + 1)..];
            var pathEnd = output.IndexOf((byte)0);
            if (pathEnd < 0 || fields.Length < 5)
            {
                break;
            }

            if (fields[4] is not ['D', ..] && fields[1] != Submodule)
            {
                blobs.Add(new GitBlob(fields[3], BytePath.From(output[..pathEnd])));
            }

            output = output[(pathEnd + 1)..];
        }

        return blobs;
    }

    /// <summary>Reads a log whose commits begin with 0x01 and whose id, date and message end with NUL.</summary>
    public static IReadOnlyList<GitChange> ParseLog(ReadOnlySpan<byte> output)
    {
        List<GitChange> changes = [];
        while (!output.IsEmpty)
        {
            var next = output[1..].IndexOf("\0\u0001"u8);
            var entry = next < 0 ? output : output[..(next + 2)];
            output = next < 0 ? [] : output[(next + 2)..];
            var fields = new string[3];
            var isWhole = true;
            entry = entry.TrimStart((byte)1);
            for (var field = 0; field < fields.Length; field++)
            {
                var end = entry.IndexOf((byte)0);
                if (end < 0)
                {
                    isWhole = false;
                    break;
                }

                fields[field] = Encoding.UTF8.GetString(entry[..end]);
                entry = entry[(end + 1)..];
            }

            if (isWhole)
            {
                changes.Add(new GitChange(fields[0], fields[1], fields[2], Parse(entry)));
            }
        }

        return changes;
    }
}
