using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>sys/wait.h</c>: the status word is laid out alike on Linux and macOS.</summary>
internal static unsafe partial class Wait
{
    internal const int WNOHANG = 1;
    internal const int WUNTRACED = 2;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int pid, int* status, int options);

    /// <summary>The child that changed and its status word; 0 with <see cref="WNOHANG"/> and no news; a negative error number.</summary>
    public static int For(int pid, int options, out int status)
    {
        var word = 0;
        int changed;
        do
        {
            changed = waitpid(pid, &word, options);
        } while (changed < 0 && Errno.Last == Errno.EINTR);

        status = word;
        return changed < 0 ? -Errno.Last : changed;
    }

    public static bool IsStopped(int status) => (status & 0xff) == 0x7f;

    public static int StopSignal(int status) => (status >> 8) & 0xff;

    /// <summary>0 to 255; 128 + n when signal n ended the process, as shells say it.</summary>
    public static int ExitCode(int status) => (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f);
}
