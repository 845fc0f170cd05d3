using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>prlimit(2)</c> for the number of processes of another process's user; Linux only.</summary>
internal static unsafe partial class ProcessLimit
{
    private const int RLIMIT_NPROC = 6;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int prlimit(int pid, int resource, ulong* newLimit, ulong* oldLimit);

    /// <summary>Sets the limit of a process, which its children inherit, and reads it back. False when it does not hold.</summary>
    public static bool Set(int processId, int processes)
    {
        var limit = stackalloc ulong[2] { (ulong)processes, (ulong)processes };
        var now = stackalloc ulong[2];
        return prlimit(processId, RLIMIT_NPROC, limit, null) == 0
            && prlimit(processId, RLIMIT_NPROC, null, now) == 0
            && now[0] == (ulong)processes
            && now[1] == (ulong)processes;
    }
}
