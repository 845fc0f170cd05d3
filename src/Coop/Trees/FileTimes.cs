using Coop.Native;
using Coop.Storage;
using Microsoft.Win32.SafeHandles;

namespace Coop.Trees;

/// <summary>Sets when files were written last.</summary>
internal static unsafe class FileTimes
{
    /// <summary>Of a file, or of every file in a directory; links are left alone.</summary>
    /// <param name="top">The open root.</param>
    /// <param name="path">Relative to the root.</param>
    public static void SetBelow(SafeFileHandle top, BytePath root, BytePath path, DateTimeOffset time)
    {
        using var parent = OpenTree.OpenDirectory(top, path.Parent);
        if (parent is null || !OpenTree.TryStat(parent, path.Name, out var status))
        {
            return;
        }

        if (status.IsDirectory)
        {
            TreeWalker.Walk(root.Join(path), 0, new Visitor(time), CancellationToken.None);
        }
        else if (status.IsRegular)
        {
            Set(OpenTree.Number(parent), path.Name, time);
        }
    }

    /// <summary>Of a regular file in an open directory.</summary>
    public static void Set(int directory, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        using var file = SafeFile.TryOpen(directory, name, out _);
        if (file is not null)
        {
            var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
            var seconds = ticks / TimeSpan.TicksPerSecond;
            var nanoseconds = ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
            var times = stackalloc long[4] { seconds, nanoseconds, seconds, nanoseconds };
            _ = FileMaking.futimens((int)file.DangerousGetHandle(), times);
        }
    }

    private sealed class Visitor(DateTimeOffset time) : ITreeVisitor
    {
        public void Visit(TreeDirectory directory)
        {
            foreach (var entry in directory)
            {
                if (entry.Type == Dirent.DT_DIR)
                {
                    directory.Descend(entry, 0);
                }
                else if (entry.Type == Dirent.DT_REG)
                {
                    Set(directory.Descriptor, entry.Name, time);
                }
            }
        }

        public void CannotRead(BytePath directory, int tag, int error) { }
    }
}
