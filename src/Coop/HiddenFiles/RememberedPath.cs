using Coop.Masking;
using Coop.Storage;

namespace Coop.HiddenFiles;

/// <summary>A file or directory that was hidden once, and how to know it again.</summary>
/// <param name="Path">Where it lay when it was last seen, relative to the root of the tree.</param>
/// <param name="Device">See <see cref="Native.FileStatus.Device"/>.</param>
/// <param name="Born">Nanoseconds since 1970; 0 where the file system keeps no time of birth.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Nanoseconds since 1970.</param>
/// <param name="Digest">In hexadecimal, see <see cref="FileDigest"/>; empty for a directory, a short file, or one that could not be read.</param>
internal sealed record RememberedPath(
    BytePath Path,
    bool IsDirectory,
    ulong Device,
    ulong Inode,
    long Born,
    long Size,
    long Modified,
    string Digest,
    HiddenReason Reason
)
{
    /// <summary>Why a path that turns out to be this one is hidden.</summary>
    public HiddenReason ReasonNow => Reason with { Cause = HiddenCause.Remembered, Via = Path };
}
