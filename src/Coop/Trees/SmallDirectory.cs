using Coop.Native;
using Coop.Storage;

namespace Coop.Trees;

/// <summary>Lists one directory that holds few names.</summary>
internal static class SmallDirectory
{
    /// <summary>The names in it, sorted by their bytes; empty when it is missing, a link, or cannot be read.</summary>
    public static IReadOnlyList<BytePath> Names(BytePath directory)
    {
        if (FileQuestion.StatusOfLink(CString.From(directory.Bytes)) is not { IsDirectory: true })
        {
            return [];
        }

        Visitor visitor = new();
        TreeWalker.Walk(directory, 0, visitor, CancellationToken.None);
        return [.. visitor.Names.Order()];
    }

    private sealed class Visitor : ITreeVisitor
    {
        public List<BytePath> Names { get; } = [];

        public void Visit(TreeDirectory directory)
        {
            foreach (var entry in directory)
            {
                Names.Add(BytePath.From(entry.Name));
            }
        }

        public void CannotRead(BytePath directory, int tag, int error) { }
    }
}
