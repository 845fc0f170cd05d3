using Coop.Errors;
using Coop.Native;
using Microsoft.Win32.SafeHandles;

namespace Coop.Storage;

/// <summary>
/// Reads files of a tree that a box could have written: no link is followed on the way or at the end, nothing but a regular file
/// is opened (a FIFO would block, a device act), and the size is bounded.
/// </summary>
internal static unsafe class SafeFile
{
    // Beside the numbers of the kernel.
    private const int NotRegular = -1;

    /// <summary>Reads a file below a root.</summary>
    /// <param name="root">Absolute; may itself lead through links.</param>
    /// <param name="path">Relative to the root; no <c>.</c> or <c>..</c>.</param>
    /// <param name="mostBytes">A larger file is refused.</param>
    /// <returns>null when there is no such file.</returns>
    /// <exception cref="UserError">A link, not a regular file, too large, or not readable.</exception>
    public static byte[]? Read(BytePath root, BytePath path, int mostBytes)
    {
        using var top = OpenTree.OpenRoot(root);
        using var parent = OpenTree.OpenDirectory(top, path.Parent);
        return parent is null ? null : Read((int)parent.DangerousGetHandle(), path.Name, path, mostBytes);
    }

    /// <summary>As <see cref="Read(BytePath, BytePath, int)"/>, for a name in an open directory.</summary>
    /// <param name="shown">The path for messages.</param>
    public static byte[]? Read(int directory, ReadOnlySpan<byte> name, BytePath shown, int mostBytes)
    {
        using var file = Open(directory, name, shown, out var status);
        if (file is null)
        {
            return null;
        }

        if (status.Size > mostBytes)
        {
            throw TooLarge(shown, mostBytes);
        }

        return ReadAll(file, (int)status.Size, mostBytes) ?? throw TooLarge(shown, mostBytes);
    }

    /// <summary>Opens a regular file for reading.</summary>
    /// <returns>null when there is no such file.</returns>
    /// <exception cref="UserError">A link, not a regular file, or not readable.</exception>
    public static SafeFileHandle? Open(int directory, ReadOnlySpan<byte> name, BytePath shown, out FileStatus status)
    {
        var file = Open(directory, name, out status, out var error);
        return error switch
        {
            0 => file,
            Errno.ENOENT or Errno.ENOTDIR => null,
            NotRegular => throw new UserError(
                $"'{shown}' is {FileKind.Describe(status.Mode)}, not a regular file.",
                "Put a regular file in its place, or remove it."
            ),
            _ => throw new UserError(
                $"'{shown}' cannot be read ({Errno.Text(error)}).",
                "Make it readable for you, or remove it."
            ),
        };
    }

    /// <summary>As <see cref="Open(int, ReadOnlySpan{byte}, BytePath, out FileStatus)"/>.</summary>
    /// <returns>null for whatever reason it cannot be opened.</returns>
    public static SafeFileHandle? TryOpen(int directory, ReadOnlySpan<byte> name, out FileStatus status) =>
        Open(directory, name, out status, out _);

    private static SafeFileHandle? Open(int directory, ReadOnlySpan<byte> name, out FileStatus status, out int error)
    {
        error = 0;
        Span<byte> terminated = stackalloc byte[name.Length + 1];
        name.CopyTo(terminated);
        terminated[^1] = 0;
        fixed (byte* start = terminated)
        {
            // Asked before it is opened, because opening a device can already do something.
            if (Stat.Read(directory, start, Fcntl.AT_SYMLINK_NOFOLLOW, out status) != 0)
            {
                error = Errno.Last;
                return null;
            }

            if (!status.IsRegular)
            {
                error = NotRegular;
                return null;
            }

            var descriptor = Fcntl.OpenAt(directory, start, OpenFlags, 0);
            if (descriptor < 0)
            {
                error = Errno.Last;
                return null;
            }

            var file = new SafeFileHandle(descriptor, ownsHandle: true);
            if (Stat.ReadOpen(descriptor, out status) == 0 && status.IsRegular)
            {
                return file;
            }

            file.Dispose();
            error = NotRegular;
            return null;
        }
    }

    private static int OpenFlags => Fcntl.O_RDONLY | Fcntl.O_NOFOLLOW | Fcntl.O_NONBLOCK | Fcntl.O_NOCTTY | Fcntl.O_CLOEXEC;

    // The file may grow while it is read; null when it grows past the bound.
    private static byte[]? ReadAll(SafeFileHandle file, int expected, int mostBytes)
    {
        var content = new byte[expected];
        var length = 0;
        while (true)
        {
            if (length == content.Length)
            {
                Array.Resize(ref content, Math.Min(mostBytes, Math.Max(length, 64) * 2) + 1);
            }

            var read = RandomAccess.Read(file, content.AsSpan(length), length);
            length += read;
            if (length > mostBytes)
            {
                return null;
            }

            if (read == 0)
            {
                Array.Resize(ref content, length);
                return content;
            }
        }
    }

    private static UserError TooLarge(BytePath shown, int mostBytes) =>
        new($"'{shown}' is larger than {mostBytes / 1024} KiB.", "Make it smaller, or remove it.");
}
