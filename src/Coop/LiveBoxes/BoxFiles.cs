using System.Text;
using Coop.Boxes;
using Coop.Places;
using Coop.Storage;

namespace Coop.LiveBoxes;

/// <summary>Makes what a plan expects to find in Coop's own state. Everything is kept and shared between runs, so nothing here is removed.</summary>
internal static class BoxFiles
{
    private const UnixFileMode ReadableFile = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode OpenDirectory =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    /// <summary>Only the user may walk into Coop's state; what is mounted from it is mounted by its own path.</summary>
    private const UnixFileMode PrivateDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <param name="isRoot">Root gives directories to the box's owner.</param>
    public static void Prepare(BoxPlan plan, UserDirectories directories, bool isRoot)
    {
        Directory.CreateDirectory(directories.State, PrivateDirectory);
        Directory.CreateDirectory(directories.Cache, PrivateDirectory);
        var emptyFile = Text(StatePaths.EmptyFile(directories));
        var emptyDirectory = Text(StatePaths.EmptyDirectory(directories));
        if (!Directory.Exists(emptyDirectory))
        {
            Directory.CreateDirectory(emptyDirectory, OpenDirectory);
        }

        WriteOnce(emptyFile, "");
        foreach (var file in plan.Files)
        {
            WriteOnce(Text(file.Path), file.Content);
        }

        foreach (var decoy in plan.Decoys)
        {
            SparseFile.Make(decoy.Path, decoy.Size, decoy.ModifiedSeconds, decoy.ModifiedNanoseconds, decoy.IsExecutable);
        }

        BytePath[] roots =
        [
            BytePath.From(directories.State),
            BytePath.From(directories.Cache),
            .. plan.Mounts.Where(mount => mount.Purpose == MountPurpose.GitDirectory).Select(mount => mount.Target),
        ];
        foreach (var directory in plan.Directories)
        {
            // Boxes write below these: homes, caches, git directories.
            var root = Array.Find(roots, root => directory.Path.IsWithin(root)) ?? throw Misplaced(directory);
            SafeDirectory.Make(
                root,
                directory.Path.RelativeTo(root),
                directory.IsOpen,
                isRoot ? (directory.Owner.Uid, directory.Owner.Gid) : null
            );
        }
    }

    private static InvalidOperationException Misplaced(PlannedDirectory directory) =>
        new($"'{directory.Path}' lies nowhere Coop makes directories.");

    // Coop's own state lies below HOME or XDG paths, which are text.
    private static string Text(BytePath path) => Encoding.UTF8.GetString(path.Bytes);

    private static void WriteOnce(string path, string content)
    {
        if (File.Exists(path))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!, OpenDirectory);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllText(temporary, content);
            File.SetUnixFileMode(temporary, ReadableFile);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
