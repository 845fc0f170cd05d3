using Coop.Native;

namespace Coop.Storage;

/// <summary>Words for types of files.</summary>
internal static class FileKind
{
    /// <summary>With its article: "a FIFO".</summary>
    /// <param name="mode">As in <see cref="FileStatus.Mode"/>.</param>
    public static string Describe(int mode) =>
        (mode & Stat.S_IFMT) switch
        {
            Stat.S_IFREG => "a regular file",
            Stat.S_IFDIR => "a directory",
            Stat.S_IFLNK => "a symbolic link",
            Stat.S_IFIFO => "a FIFO",
            Stat.S_IFSOCK => "a socket",
            Stat.S_IFCHR or Stat.S_IFBLK => "a device",
            _ => "no regular file",
        };

    /// <summary>As <see cref="Describe"/>.</summary>
    /// <param name="type">One of the <c>DT_</c> values of <see cref="Dirent"/>.</param>
    public static string DescribeEntry(byte type) => Describe(type << 12);
}
