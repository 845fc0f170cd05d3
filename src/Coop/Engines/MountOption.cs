using System.Text;
using Coop.Boxes;
using Coop.Errors;
using Coop.Storage;

namespace Coop.Engines;

/// <summary>
/// The value of <c>--mount</c>: docker, podman and Apple's container read it as one CSV record (RFC 4180 as Go's encoding/csv does it), so a field with a comma, a quote or a
/// newline goes into quotes. The short <c>-v a:b</c> form cannot carry a colon.
/// </summary>
internal static class MountOption
{
    /// <exception cref="UserError">The name cannot be carried: it is not UTF-8, or holds a carriage return, which CSV readers drop.</exception>
    public static string Render(Mount mount)
    {
        List<string> fields = ["type=bind", "source=" + Text(mount.Source), "target=" + Text(mount.Target)];
        if (mount.IsReadOnly)
        {
            fields.Add("readonly");
        }

        return string.Join(',', fields.Select(Quote));
    }

    private static string Text(BytePath path)
    {
        if (!path.TryGetText(out var text) || text.Contains('\r'))
        {
            throw new UserError(
                $"The name '{path}' cannot be passed to a container engine.",
                "Rename it, or run the box on bubblewrap: COOP_RUNTIME=bwrap coop …"
            );
        }

        return text;
    }

    private static string Quote(string field)
    {
        if (field.AsSpan().IndexOfAny(",\"\n") < 0 && !field.StartsWith(' '))
        {
            return field;
        }

        return new StringBuilder(field.Length + 2).Append('"').Append(field.Replace("\"", "\"\"")).Append('"').ToString();
    }
}
