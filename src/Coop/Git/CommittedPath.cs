using System.Text;
using Coop.Storage;

namespace Coop.Git;

/// <summary>A path that a commit touches.</summary>
/// <param name="Commit">Abbreviated.</param>
/// <param name="Path">Relative to the top of the working tree.</param>
internal sealed record CommittedPath(string Commit, BytePath Path)
{
    private const byte CommitMark = 1;

    /// <summary>Reads <c>git log --format=%x01%h --name-only -z</c>: fields ended by NUL or newline, commits marked by a byte 1.</summary>
    public static IReadOnlyList<CommittedPath> Parse(ReadOnlySpan<byte> output)
    {
        List<CommittedPath> paths = [];
        var commit = "";
        foreach (var range in output.Split((byte)0))
        {
            // git puts the newline that separates a commit's line from its names in front of the first name.
            var field = output[range].TrimStart((byte)'\n');
            if (field is [CommitMark, ..])
            {
                var newline = field.IndexOf((byte)'\n');
                commit = Encoding.ASCII.GetString(newline < 0 ? field[1..] : field[1..newline]);
                field = newline < 0 ? [] : field[(newline + 1)..];
            }

            if (!field.IsEmpty)
            {
                paths.Add(new CommittedPath(commit, BytePath.From(field)));
            }
        }

        return paths;
    }
}
