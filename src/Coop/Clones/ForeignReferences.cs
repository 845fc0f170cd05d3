using System.Text;
using Coop.Errors;
using Coop.Native;
using Coop.Storage;
using Coop.Trees;

namespace Coop.Clones;

/// <summary>The references of a git directory that an agent could write, read from their files without following a link; what is no reference is left out.</summary>
/// <param name="Head">The commit HEAD leads to; null when it leads to none.</param>
/// <param name="HeadReference">What HEAD names; null when it holds an id.</param>
/// <param name="All">Whole names and ids.</param>
internal sealed record ForeignReferences(string? Head, string? HeadReference, IReadOnlyDictionary<string, string> All)
{
    private const int ReferenceLimitBytes = 4096;
    private const int PackedLimitBytes = 16 << 20;

    // Nobody makes more by hand; beyond it the fork is not listed further.
    private const int MostReferences = 100_000;

    public static ForeignReferences Read(BytePath gitDirectory, int idLength, CancellationToken cancellationToken)
    {
        Dictionary<string, string> all = new(StringComparer.Ordinal);
        foreach (
            var line in TextOf(gitDirectory, BytePath.From("packed-refs"), PackedLimitBytes).Split('\n').Take(MostReferences)
        )
        {
            if (line.Length > idLength + 1 && line[idLength] == ' ' && IsId(line[..idLength], idLength))
            {
                all[line[(idLength + 1)..]] = line[..idLength];
            }
        }

        Visitor visitor = new();
        var loose = gitDirectory.Join("refs");
        if (FileQuestion.StatusOfLink(CString.From(loose.Bytes)) is { IsDirectory: true })
        {
            TreeWalker.Walk(loose, 0, visitor, cancellationToken);
        }

        foreach (var path in visitor.Files)
        {
            var content = TextOf(gitDirectory, BytePath.From("refs").Join(path), ReferenceLimitBytes).Trim();
            if (IsId(content, idLength) && path.TryGetText(out var name))
            {
                all[$"refs/{name}"] = content;
            }
        }

        var head = TextOf(gitDirectory, BytePath.From("HEAD"), ReferenceLimitBytes).Trim();
        const string Symbolic = "ref: ";
        var named = head.StartsWith(Symbolic, StringComparison.Ordinal) ? head[Symbolic.Length..].Trim() : null;
        return new ForeignReferences(
            named is not null ? all.GetValueOrDefault(named)
                : IsId(head, idLength) ? head
                : null,
            named,
            all
        );
    }

    private static bool IsId(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigitLower);

    private static string TextOf(BytePath root, BytePath path, int mostBytes)
    {
        try
        {
            return Encoding.UTF8.GetString(SafeFile.Read(root, path, mostBytes) ?? []);
        }
        catch (UserError)
        {
            // A link, a FIFO, something huge: no reference.
            return "";
        }
    }

    private sealed class Visitor : ITreeVisitor
    {
        public List<BytePath> Files { get; } = [];

        public void Visit(TreeDirectory directory)
        {
            foreach (var entry in directory)
            {
                if (Files.Count >= MostReferences)
                {
                    return;
                }

                if (entry.Type == Dirent.DT_DIR)
                {
                    directory.Descend(entry, 0);
                }
                else if (entry.Type == Dirent.DT_REG)
                {
                    Files.Add(directory.PathOf(entry));
                }
            }
        }

        public void CannotRead(BytePath directory, int tag, int error) { }
    }
}
