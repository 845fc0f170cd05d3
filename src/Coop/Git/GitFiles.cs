using Coop.Storage;

namespace Coop.Git;

/// <summary>Reads lists of paths that git ends with NUL.</summary>
internal static class GitFiles
{
    public static IReadOnlyList<BytePath> Parse(ReadOnlySpan<byte> output)
    {
        List<BytePath> paths = [];
        while (output.IndexOf((byte)0) is var end and >= 0)
        {
            paths.Add(BytePath.From(output[..end]));
            output = output[(end + 1)..];
        }

        return paths;
    }
}
