using System.Runtime.InteropServices;
using Coop.Native;

namespace Coop.Guest;

/// <summary>
/// The system calls by which a box could lift a mask, reach its first process or leave, made with arguments for which the kernel has another answer than «not permitted»
/// where it can have one: who hears a refusal hears the filter.
/// </summary>
internal static class ForbiddenCalls
{
    private const nint CurrentDirectory = -100;
    private const nint NewUserAndMounts = 0x10020000;

    // linux/ptrace.h, linux/keyctl.h, linux/userfaultfd.h, asm-generic/ioctls.h.
    private const nint Seize = 0x4206;
    private const nint SessionKeyring = -3;
    private const nint UserModeOnly = 1;
    private const nint TypeIntoTerminal = 0x5412;

    /// <summary>Each call's name and what came of it.</summary>
    public static IReadOnlyList<(string Name, int ErrorNumber)> TryAll()
    {
        var isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        return
        [
            Try("unshare", isArm ? 97u : 272, NewUserAndMounts),
            Try("setns", isArm ? 268u : 308, -1, 0),
            Try("mount", isArm ? 40u : 165, 0, 0, 0, 0, 0),
            Try("umount2", isArm ? 39u : 166, 0, 0),
            Try("open_tree", 428, CurrentDirectory, 0, 0),
            Try("fsopen", 430, 0, 0),
            Try("mount_setattr", 442, -1, 0, 0, 0, 0),
            Try("clone3", 435, 0, 0),
            Try("open_by_handle_at", isArm ? 265u : 304, -1, 0, 0),
            Try("ptrace of process 1", isArm ? 117u : 101, Seize, 1, 0, 0),
            Try("process_vm_readv of process 1", isArm ? 270u : 310, 1, 0, 0, 0, 0),
            Try("keyctl", isArm ? 219u : 250, 0, SessionKeyring, 0),
            Try("bpf", isArm ? 280u : 321, -1, 0, 0),
            Try("userfaultfd", isArm ? 282u : 323, UserModeOnly),
            Try("perf_event_open", isArm ? 241u : 298, 0, 0, -1, -1, 0),
            Try("io_uring_setup", 425, 0, 0),
            Try("TIOCSTI", isArm ? 29u : 16, -1, TypeIntoTerminal, 0),
        ];
    }

    private static (string Name, int ErrorNumber) Try(string name, uint number, params ReadOnlySpan<nint> arguments) =>
        (name, RawSystemCall.Make(number, arguments) is var result and < 0 ? (int)-result : 0);
}
