using System.Text;
using Coop.Errors;
using Coop.Storage;

namespace Coop.Init;

/// <summary>Writes what is missing of a scaffold, one entry whole or not at all, and never over anything.</summary>
/// <param name="owner">Who gets it; null leaves it the caller's.</param>
internal sealed class ScaffoldWriter(BytePath root, (uint Uid, uint Gid)? owner)
{
    private const uint Ordinary = 0b110_100_100;
    private const uint Executable = 0b111_101_101;

    /// <exception cref="UserError">It cannot be written, or something appeared in its place since it was looked at.</exception>
    public void Write(ScaffoldStep step)
    {
        if (step is { State: EntryState.Appended, Found: FoundThing.RegularFile file })
        {
            TreeFile.Write(root, step.Entry.Path, Append(file.Content.Span, step.Entry.Content), owner);
            return;
        }

        var content = Encoding.UTF8.GetBytes(step.Entry.Content);
        var isWritten = step.Entry.Kind switch
        {
            EntryKind.Link => SafeWriter.TryCreateLink(root, step.Entry.Path, content, owner),
            EntryKind.Program => SafeWriter.TryCreate(root, step.Entry.Path, content, Executable, owner),
            EntryKind.File or EntryKind.Block => SafeWriter.TryCreate(root, step.Entry.Path, content, Ordinary, owner),
            _ => throw new InvalidOperationException($"No way to write {step.Entry.Kind}."),
        };
        if (!isWritten)
        {
            throw new UserError(
                $"'{step.Entry.Path}' appeared while it was to be written, and was left as it is.",
                "Try again: coop init"
            );
        }
    }

    /// <summary>The user's bytes, then the lines, each ended as the user's are.</summary>
    public static byte[] Append(ReadOnlySpan<byte> before, string lines)
    {
        var first = before.IndexOf((byte)'\n');
        var end = first > 0 && before[first - 1] == '\r' ? "\r\n" : "\n";
        var isOpen = before.Length > 0 && before[^1] != '\n';
        var gap = before.Length == 0 ? "" : end;
        var added = (isOpen ? end : "") + gap + lines.Replace("\n", end, StringComparison.Ordinal);
        return [.. before, .. Encoding.UTF8.GetBytes(added)];
    }
}
