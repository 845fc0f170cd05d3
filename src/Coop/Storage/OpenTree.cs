using System.Text;
using Coop.Errors;
using Coop.Native;
using Microsoft.Win32.SafeHandles;

namespace Coop.Storage;

/// <summary>
/// Finds directories and reads links below an open root, one name at a time and without following a link, so that nothing
/// outside the root is ever touched, and paths may be longer than the kernel takes at once.
/// </summary>
internal static unsafe class OpenTree
{
    private const int LongestLink = 4096;

    /// <summary>Opens the root of a tree as a place to look names up from; its own path may lead through links.</summary>
    public static SafeFileHandle OpenRoot(BytePath root)
    {
        var descriptor = OpenPlace(Fcntl.AT_FDCWD, root.Join(".").Bytes, follow: true);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new UserError(
                $"The directory '{root}' cannot be opened ({Errno.Text(Errno.Last)}).",
                "Check that it exists and that you may enter it."
            );
    }

    /// <summary>Opens a directory below the root as a place to look names up from.</summary>
    /// <param name="path">Relative, no <c>.</c> or <c>..</c>; empty for the root itself.</param>
    /// <returns>null when a part of the path is missing, not a directory (a link is none), or must not be entered.</returns>
    public static SafeFileHandle? OpenDirectory(SafeFileHandle root, BytePath path)
    {
        var current = new SafeFileHandle(OpenPlace(Number(root), "."u8, follow: true), ownsHandle: true);
        var rest = path.Bytes;
        while (!rest.IsEmpty)
        {
            var slash = rest.IndexOf((byte)'/');
            var name = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? [] : rest[(slash + 1)..];
            var next = OpenPlace(Number(current), name, follow: false);
            current.Dispose();
            if (next < 0)
            {
                return null;
            }

            current = new SafeFileHandle(next, ownsHandle: true);
        }

        return current;
    }

    /// <summary>The absolute path of an open directory, free of links; null where the kernel does not tell.</summary>
    public static BytePath? RealPath(SafeFileHandle directory)
    {
        var link = Encoding.ASCII.GetBytes($"/proc/self/fd/{Number(directory)}");
        return ReadLink(Fcntl.AT_FDCWD, link) is [(byte)'/', ..] path ? BytePath.From(path) : null;
    }

    /// <summary>The text of a link.</summary>
    /// <returns>null when the name is no link or not there.</returns>
    public static byte[]? ReadLink(SafeFileHandle directory, ReadOnlySpan<byte> name) => ReadLink(Number(directory), name);

    private static byte[]? ReadLink(int directory, ReadOnlySpan<byte> name)
    {
        Span<byte> terminated = stackalloc byte[name.Length + 1];
        name.CopyTo(terminated);
        terminated[^1] = 0;
        Span<byte> text = stackalloc byte[LongestLink];
        fixed (byte* start = terminated)
        fixed (byte* target = text)
        {
            var length = (int)Fcntl.ReadLinkAt(directory, start, target, text.Length);
            return length < 0 ? null : text[..length].ToArray();
        }
    }

    /// <summary>Asks about a name in an open directory, not following a link.</summary>
    /// <returns>false when it is not there or may not be asked about.</returns>
    public static bool TryStat(SafeFileHandle directory, ReadOnlySpan<byte> name, out FileStatus status)
    {
        Span<byte> terminated = stackalloc byte[name.Length + 1];
        name.CopyTo(terminated);
        terminated[^1] = 0;
        fixed (byte* start = terminated)
        {
            return Stat.Read(Number(directory), start, Fcntl.AT_SYMLINK_NOFOLLOW, out status) == 0;
        }
    }

    /// <summary>The descriptor of an open handle, for a call during which the handle is alive.</summary>
    public static int Number(SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    private static int OpenPlace(int directory, ReadOnlySpan<byte> name, bool follow)
    {
        Span<byte> terminated = stackalloc byte[name.Length + 1];
        name.CopyTo(terminated);
        terminated[^1] = 0;
        fixed (byte* start = terminated)
        {
            var flags = Fcntl.O_PATH | Fcntl.O_DIRECTORY | Fcntl.O_CLOEXEC | (follow ? 0 : Fcntl.O_NOFOLLOW);
            return Fcntl.OpenAt(directory, start, flags, 0);
        }
    }
}
