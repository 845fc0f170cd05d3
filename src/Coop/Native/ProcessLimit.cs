using System.Globalization;
using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary>
/// The limit on processes of a process's user. In a user namespace of its own the kernel counts that namespace's processes alone (since 5.14), so it caps a box
/// that has no cgroup. Lowering it needs no privilege, raising it does.
/// </summary>
internal static unsafe partial class ProcessLimit
{
    private const int RLIMIT_NPROC = 6;
    private const string Row = "Max processes";

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setrlimit(int resource, ulong* limit);

    /// <summary>Sets it for this process and all it starts, for good. False when it cannot be set.</summary>
    public static bool SetForGood(int processes)
    {
        var limit = stackalloc ulong[2] { (ulong)processes, (ulong)processes };
        return setrlimit(RLIMIT_NPROC, limit) == 0;
    }

    /// <summary>The hard limit of another process, from <c>/proc</c>; null when there is none or it cannot be read.</summary>
    public static long? Read(int processId) =>
        // Max processes             SOFT                 HARD                 processes
        ProcessFile.Row(processId, "limits", Row)?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            is [_, var hard, ..]
        && long.TryParse(hard, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;
}
