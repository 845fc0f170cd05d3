using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>prctl(2)</c> and <c>seccomp(2)</c>; Linux only.</summary>
internal static unsafe partial class Prctl
{
    private const int PR_SET_PDEATHSIG = 1;
    private const int PR_SET_DUMPABLE = 4;
    private const int PR_SET_NO_NEW_PRIVS = 38;
    private const nint SECCOMP_SET_MODE_FILTER = 1;
    private const nint SECCOMP_FILTER_FLAG_TSYNC = 1;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint argument1, nint argument2, void* argument3);

    private static nint SeccompNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 277 : 317;

    /// <summary>Nobody of the same user may trace this process or read its memory, environment and descriptors; until the next exec.</summary>
    public static bool ForbidTracing() => prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;

    public static bool ForbidNewPrivileges() => prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;

    /// <summary>Gets a signal when the thread that started this process ends.</summary>
    public static bool EndWithParent(int signal) => prctl(PR_SET_PDEATHSIG, (nuint)signal, 0, 0, 0) == 0;

    /// <summary>Puts a system-call filter on every thread, for good. 0, or a negative error number.</summary>
    public static int Filter(ReadOnlySpan<FilterInstruction> program)
    {
        fixed (FilterInstruction* start = program)
        {
            FilterProgram header = new((ushort)program.Length, start);
            var answer = syscall(SeccompNumber, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &header);
            return answer == 0 ? 0 : -Math.Max(Errno.Last, 1);
        }
    }

    // struct sock_fprog of linux/filter.h.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct FilterProgram(ushort length, FilterInstruction* instructions)
    {
        private readonly ushort length = length;
        private readonly FilterInstruction* instructions = instructions;
    }
}
