using Coop.Native;
using Coop.Storage;
using Coop.Trees;

namespace Coop.Repositories;

/// <summary>Finds the git directories of submodules below <c>modules</c>: a submodule's name may hold slashes, and submodules have submodules.</summary>
internal static class GitModules
{
    /// <summary>Whether a repository has initialised submodules.</summary>
    public static bool Exist(RepositoryLocation location) =>
        location.CommonDirectory is { } common
        && FileQuestion.StatusOfLink(CString.From(common.Join("modules").Bytes)) is { IsDirectory: true };

    /// <summary>Absolute paths, sorted; empty when there are none.</summary>
    public static IReadOnlyList<BytePath> Find(BytePath commonDirectory, CancellationToken cancellationToken)
    {
        var modules = commonDirectory.Join("modules");
        if (FileQuestion.StatusOfLink(CString.From(modules.Bytes)) is not { IsDirectory: true })
        {
            return [];
        }

        Visitor visitor = new(modules);
        TreeWalker.Walk(modules, 0, visitor, cancellationToken);
        return [.. visitor.Found.Order()];
    }

    private sealed class Visitor(BytePath modules) : ITreeVisitor
    {
        public List<BytePath> Found { get; } = [];

        public void Visit(TreeDirectory directory)
        {
            var isGitDirectory = false;
            foreach (var entry in directory)
            {
                isGitDirectory |= entry.Name.SequenceEqual("HEAD"u8);
            }

            if (isGitDirectory)
            {
                Found.Add(modules.Join(directory.Path));
            }

            foreach (var entry in directory)
            {
                if (entry.Type == Dirent.DT_DIR && (!isGitDirectory || entry.Name.SequenceEqual("modules"u8)))
                {
                    directory.Descend(entry, 0);
                }
            }
        }

        // What git cannot read either holds no submodule that it would use.
        public void CannotRead(BytePath directory, int tag, int error) { }
    }
}
