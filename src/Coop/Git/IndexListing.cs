using System.Globalization;
using System.Text;
using Coop.Repositories;
using Coop.Storage;

namespace Coop.Git;

/// <summary>Reads <c>git ls-files --stage --debug -z</c>: for each entry mode, blob, stage, a tab and the path up to a NUL, then lines of what the index keeps of the file.</summary>
internal static class IndexListing
{
    /// <summary>Regular files only: links and submodules have no decoy.</summary>
    public static IReadOnlyList<TrackedFile> Parse(ReadOnlySpan<byte> output)
    {
        List<TrackedFile> files = [];
        while (output.IndexOf((byte)0) is var end and >= 0)
        {
            var entry = output[..end];
            output = output[(end + 1)..];
            var tab = entry.IndexOf((byte)'\t');
            if (tab < 0)
            {
                break;
            }

            var seconds = 0L;
            var nanoseconds = 0;
            var size = 0L;
            while (output.StartsWith("  "u8) && output.IndexOf((byte)'\n') is var lineEnd and >= 0)
            {
                var line = Encoding.ASCII.GetString(output[2..lineEnd]);
                output = output[(lineEnd + 1)..];
                switch (line.Split([' ', ':', '\t'], StringSplitOptions.RemoveEmptyEntries))
                {
                    case ["mtime", var whole, var part]:
                        seconds = long.Parse(whole, CultureInfo.InvariantCulture);
                        nanoseconds = int.Parse(part, CultureInfo.InvariantCulture);
                        break;
                    case ["size", var bytes, ..]:
                        size = long.Parse(bytes, CultureInfo.InvariantCulture);
                        break;
                    default:
                        break;
                }
            }

            if (entry.StartsWith("100"u8))
            {
                files.Add(
                    new TrackedFile(BytePath.From(entry[(tab + 1)..]), size, seconds, nanoseconds, entry.StartsWith("100755"u8))
                );
            }
        }

        return files;
    }
}
