using System.Globalization;
using System.Text;
using Coop.Storage;

namespace Coop.Clones;

/// <summary>Lines of one file that a change adds and removes.</summary>
/// <param name="Added">Null for a binary file.</param>
/// <param name="Removed">Null for a binary file.</param>
internal sealed record LineCount(BytePath Path, int? Added, int? Removed)
{
    /// <summary>Reads <c>--numstat -z</c> without renames: two numbers or dashes, tabs between and behind, the path up to a NUL.</summary>
    public static IReadOnlyList<LineCount> Parse(ReadOnlySpan<byte> output)
    {
        List<LineCount> counts = [];
        foreach (var range in output.Split((byte)0))
        {
            var field = output[range];
            var first = field.IndexOf((byte)'\t');
            var second = first < 0 ? -1 : field[(first + 1)..].IndexOf((byte)'\t');
            if (second >= 0)
            {
                counts.Add(
                    new LineCount(
                        BytePath.From(field[(first + second + 2)..]),
                        Number(field[..first]),
                        Number(field[(first + 1)..(first + 1 + second)])
                    )
                );
            }
        }

        return counts;
    }

    private static int? Number(ReadOnlySpan<byte> text) =>
        int.TryParse(Encoding.ASCII.GetString(text), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
