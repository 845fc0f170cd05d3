using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>The error numbers Coop tells apart, as in <c>errno.h</c>; the same on Linux and macOS but where noted.</summary>
internal static class Errno
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int ESRCH = 3;
    public const int EINTR = 4;
    public const int EIO = 5;
    public const int E2BIG = 7;
    public const int ENOEXEC = 8;
    public const int EBADF = 9;
    public const int ECHILD = 10;
    public const int EACCES = 13;
    public const int EEXIST = 17;
    public const int EXDEV = 18;
    public const int ENOTDIR = 20;
    public const int EISDIR = 21;
    public const int EINVAL = 22;
    public const int ENOSPC = 28;
    public const int EROFS = 30;
    public const int EPIPE = 32;

    /// <summary>Linux.</summary>
    public const int ENOSYS = 38;

    /// <summary>Linux; 62 on macOS.</summary>
    public const int ELOOP = 40;

    /// <summary>11 on Linux, 35 on macOS.</summary>
    public static int EAGAIN => OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>The error of the last call on this thread that was declared with <c>SetLastError</c>.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

    /// <summary>The system's words for an error number, in lower case as messages embed them.</summary>
    public static string Text(int errno)
    {
        var text = Marshal.GetPInvokeErrorMessage(errno);
        return text.Length > 0 ? char.ToLowerInvariant(text[0]) + text[1..] : $"error {errno}";
    }
}
