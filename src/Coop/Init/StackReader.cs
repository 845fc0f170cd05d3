using System.Text;
using Coop.Configuration;
using Coop.HiddenFiles;
using Coop.Repositories;
using Coop.Storage;

namespace Coop.Init;

/// <summary>Reads the files at the top of a repository that tell of its stack, those alone that boxes see.</summary>
internal static class StackReader
{
    private const int LargestFileBytes = 1 << 20;

    /// <returns>In the order of <see cref="StackDetector.Files"/>; what is missing, hidden, a link, no regular file or larger than 1 MiB is left out.</returns>
    public static IReadOnlyList<(string Name, string Text)> Read(
        RepositoryLocation location,
        UserDirectories directories,
        ShadowContent shadow,
        CancellationToken cancellationToken
    )
    {
        using var root = OpenTree.OpenRoot(location.Root);
        BytePath[] there =
        [
            .. StackDetector
                .Files.Select(BytePath.From)
                .Where(path =>
                    OpenTree.TryStat(root, path.Name, out var status) && status.IsRegular && status.Size <= LargestFileBytes
                ),
        ];
        if (there.Length == 0)
        {
            return [];
        }

        var hidden = HiddenSearch.Run(location, directories, shadow, cancellationToken).Found;
        return
        [
            .. there
                .Where(path => hidden.Find(path) is null)
                .Select(path => (path, Content: SafeFile.Read(location.Root, path, LargestFileBytes)))
                .Where(file => file.Content is not null)
                .Select(file => (file.path.ToString(), Encoding.UTF8.GetString(file.Content!))),
        ];
    }
}
