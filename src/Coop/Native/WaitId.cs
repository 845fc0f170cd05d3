using System.Runtime.InteropServices;

namespace Coop.Native;

/// <summary><c>waitid(2)</c>, which can see an end and leave the process to be collected.</summary>
internal static unsafe partial class WaitId
{
    private const int P_PID = 1;
    private const int WEXITED = 4;

    // siginfo_t is 128 bytes on Linux and 104 on macOS.
    private const int InformationSize = 128;

    private static int NoWait => OperatingSystem.IsMacOS() ? 0x20 : 0x01000000;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitid(int idType, uint id, byte* information, int options);

    /// <summary>Waits until the child has ended; it stays a zombie, its pid its own.</summary>
    public static void UntilExited(int processId)
    {
        var information = stackalloc byte[InformationSize];
        while (waitid(P_PID, (uint)processId, information, WEXITED | NoWait) != 0 && Errno.Last == Errno.EINTR) { }
    }
}
