using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>What the kernel tells about a file. Times are nanoseconds since 1970.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileStatus
{
    /// <summary>Type and permission bits.</summary>
    public required int Mode { get; init; }

    public required uint UserId { get; init; }

    public required uint GroupId { get; init; }

    public required uint Links { get; init; }

    public required ulong Inode { get; init; }

    /// <summary>Major number in the upper, minor in the lower 32 bits.</summary>
    public required ulong Device { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>0 where the file system keeps no time of birth.</summary>
    public required long Born { get; init; }

    public required long Modified { get; init; }

    /// <summary>The last change of content, owner, mode or name.</summary>
    public required long Changed { get; init; }

    public bool IsRegular => (Mode & Stat.S_IFMT) == Stat.S_IFREG;

    public bool IsDirectory => (Mode & Stat.S_IFMT) == Stat.S_IFDIR;

    public bool IsFifo => (Mode & Stat.S_IFMT) == Stat.S_IFIFO;

    public bool IsLink => (Mode & Stat.S_IFMT) == Stat.S_IFLNK;
}
