using System.Formats.Tar;
using Coop.Errors;
using Coop.Masking;
using Coop.Native;
using Coop.Repositories;
using Coop.Storage;
using Coop.Trees;
using Microsoft.Win32.SafeHandles;

namespace Coop.Images;

/// <summary>
/// Writes what an engine builds from as one archive: Coop's own files, and of a repository what boxes see of it. No git directory goes in, since its configuration may hold
/// credentials, and nothing that is hidden: an image keeps what was copied into it, for everybody who gets the image.
/// </summary>
internal static class ContextArchive
{
    private const string IgnoreName = ".dockerignore";
    private const int IgnoreLimitBytes = 1 << 20;

    // The format is GNU's: docker takes the input for an archive by its first 512 bytes alone, in which a PAX header is not complete.

    // Of Coop's own files in the archive: readable, not executable.
    private const UnixFileMode Plain =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>A file without a name, whose descriptor stands at its beginning: the engine gets it as its standard input. The caller disposes it.</summary>
    /// <param name="directory">Coop's own.</param>
    /// <param name="tree">The repository whose visible files go in; null for none.</param>
    /// <param name="left">Gets the names that an archive cannot carry.</param>
    public static FileStream Write(
        string directory,
        ImagePlan plan,
        RepositoryLocation? tree,
        HiddenPaths? hidden,
        ICollection<BytePath> left,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(directory, $"context-{RandomBytes.Hexadecimal(8)}");
        FileStream stream = new(path, FileMode.CreateNew, FileAccess.ReadWrite);
        try
        {
            File.Delete(path);
            using (TarWriter writer = new(stream, TarEntryFormat.Gnu, leaveOpen: true))
            {
                foreach (var (name, content) in plan.Files)
                {
                    using MemoryStream data = new(content);
                    writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = data, Mode = Plain });
                }

                if (tree is not null)
                {
                    AddTree(
                        writer,
                        plan,
                        tree.Root,
                        hidden ?? throw new ArgumentNullException(nameof(hidden)),
                        left,
                        cancellationToken
                    );
                }
            }

            // Asking for the stream's handle moves the descriptor to where the stream stands.
            stream.Position = 0;
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static void AddTree(
        TarWriter writer,
        ImagePlan plan,
        BytePath root,
        HiddenPaths hidden,
        ICollection<BytePath> left,
        CancellationToken cancellationToken
    )
    {
        var ignored = SafeFile.Read(root, BytePath.From(IgnoreName), IgnoreLimitBytes) is { } content
            ? DockerIgnore.Parse(IgnoreName, content)
            : DockerIgnore.None;
        HashSet<string> own = [.. plan.Files.Select(file => file.Name)];
        TreeWalker.Walk(root, 0, new Visitor(writer, hidden, ignored, own, left), cancellationToken);
    }

    private sealed class Visitor(
        TarWriter writer,
        HiddenPaths hidden,
        DockerIgnore ignored,
        HashSet<string> own,
        ICollection<BytePath> left
    ) : ITreeVisitor
    {
        public void Visit(TreeDirectory directory)
        {
            foreach (var entry in directory)
            {
                var path = directory.PathOf(entry);
                if (entry.Name.SequenceEqual(".git"u8) || hidden.Find(path) is not null)
                {
                    continue;
                }

                if (ignored.Excludes(path))
                {
                    if (entry.Type == Dirent.DT_DIR && ignored.BringsBack)
                    {
                        directory.Descend(entry, 0);
                    }

                    continue;
                }

                if (!path.TryGetText(out var name))
                {
                    left.Add(path);
                }
                else if (!own.Contains(name))
                {
                    Add(directory, entry, path, name);
                }
            }
        }

        public void CannotRead(BytePath directory, int tag, int error) =>
            throw new UserError(
                $"The directory '{directory}' cannot be read ({Errno.Text(error)}), so no image can be built of it.",
                $"Make it readable for you, or name it in {IgnoreName}."
            );

        private void Add(TreeDirectory directory, TreeEntry entry, BytePath path, string name)
        {
            switch (entry.Type)
            {
                case Dirent.DT_DIR:
                    writer.WriteEntry(
                        new GnuTarEntry(TarEntryType.Directory, name + "/")
                        {
                            Mode = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute,
                        }
                    );
                    directory.Descend(entry, 0);
                    break;
                case Dirent.DT_LNK:
                    AddLink(directory, entry, path, name);
                    break;
                case Dirent.DT_REG:
                    AddFile(directory, entry, path, name);
                    break;
                default:
                    // Hidden.Find names them as special; nothing of theirs can be archived.
                    break;
            }
        }

        private void AddLink(TreeDirectory directory, TreeEntry entry, BytePath path, string name)
        {
            using SafeFileHandle place = new(directory.Descriptor, ownsHandle: false);
            if (OpenTree.ReadLink(place, entry.Name) is not { } target)
            {
                return;
            }

            if (BytePath.From(target).TryGetText(out var text))
            {
                writer.WriteEntry(new GnuTarEntry(TarEntryType.SymbolicLink, name) { LinkName = text });
            }
            else
            {
                left.Add(path);
            }
        }

        private void AddFile(TreeDirectory directory, TreeEntry entry, BytePath path, string name)
        {
            using var file = SafeFile.Open(directory.Descriptor, entry.Name, path, out var status);
            if (file is null)
            {
                return;
            }

            using FileStream data = new(file, FileAccess.Read);
            writer.WriteEntry(
                new GnuTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = data,
                    Mode = (UnixFileMode)(status.Mode & 0x1FF),
                    ModificationTime = DateTimeOffset.UnixEpoch.AddTicks(status.Modified / 100),
                }
            );
        }
    }
}
